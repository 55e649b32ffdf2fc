"""Writers that turn one Report into one file. Each reads `app.report` and nothing else that decides."""
