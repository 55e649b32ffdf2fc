"""What stands around the page: top bar, rail, guide, foot, bars and the start screen."""
