"""The same program, run from a checkout: python cli.py draft 会议.yaml"""

from speechgen.cli import main

if __name__ == "__main__":
    main()
