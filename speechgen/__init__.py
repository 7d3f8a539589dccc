"""speechgen: from a meeting's particulars to a formatted draft of the leader's speech."""

__version__ = "0.1.0"
