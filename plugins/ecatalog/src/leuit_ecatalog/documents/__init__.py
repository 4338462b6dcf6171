"""Templates of official documents of the catalogue."""

from pathlib import Path

SURAT_PESANAN = Path(__file__).parent / "surat_pesanan.typ"
BAST = Path(__file__).parent / "bast.typ"
