"""The user interface kit: the Jinja2 environment, icons, charts, number and date formats, the shell of every page.

Templates lie in `kernel/jinja2/kit`, the style sheet and scripts in `kernel/static/kit`; `/styleguide/` shows all."""
