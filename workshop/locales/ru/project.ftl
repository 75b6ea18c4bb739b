project-not-found =
  { $path } — не репозиторий воркшопа: в нём нет каталога steps/.
  Уберите переменную WORKSHOP_ROOT или укажите в ней каталог, где лежат README.md и noxfile.py.
