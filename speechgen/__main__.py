"""python -m speechgen"""

from speechgen.cli import main

main()
