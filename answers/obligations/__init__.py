"""义务查询: what bodies must, must not and may do about a topic, the same obligation of several documents in one group."""
