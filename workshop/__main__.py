"""``python -m workshop``: the same commands as the installed ``workshop`` script."""

from workshop.cli.main import main

if __name__ == "__main__":
    main()
