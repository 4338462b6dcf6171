"""What services agree on: the ports by which one asks another for a service."""

from .ports import PORTS, DescribeRecord, Description, PortSpec

__all__ = ["PORTS", "DescribeRecord", "Description", "PortSpec"]
