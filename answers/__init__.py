"""The answers that users today make with scissors and spreadsheets: 权责清单, obligations, gaps, time limits, clean-up."""
