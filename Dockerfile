# The service in an image of its own. Nothing is installed but what the locks name by hash.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /source
# The locks come first, so that a change of the code leaves this layer as it was.
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/paddock \
    && /opt/paddock/bin/pip install --require-hashes --requirement requirements.lock \
    && pip install --require-hashes --requirement requirements-build.lock
COPY pyproject.toml README.md CHANGELOG.md LICENSE ./
COPY cypher ./cypher
COPY network ./network
COPY service ./service
COPY schema ./schema
COPY loaders ./loaders
COPY packs ./packs
COPY web ./web
RUN pip wheel --no-deps --no-index --no-build-isolation --wheel-dir /wheels . \
    && /opt/paddock/bin/pip install --no-deps --no-index /wheels/*.whl

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 paddock \
    && useradd --uid 10001 --gid paddock --no-create-home --home-dir /tmp --shell /usr/sbin/nologin paddock
COPY --from=build /opt/paddock /opt/paddock
# Only /tmp can be written to in a read-only container.
ENV PATH=/opt/paddock/bin:$PATH HOME=/tmp PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PADDOCK_HOST=0.0.0.0
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health', timeout=3)"]
ENTRYPOINT ["paddock"]
CMD ["serve"]
