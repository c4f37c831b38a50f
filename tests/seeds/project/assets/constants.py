"""Where the files of the project are."""

TAXI_ZONES_FILE_PATH = "data/raw/taxi_zones.csv"
