"""The statute base: statutes from sources that hold them ready, behind one small contract (`contract.StatuteSource`)."""
