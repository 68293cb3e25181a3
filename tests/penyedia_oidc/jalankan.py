"""Run the provider: ``python -m penyedia_oidc.jalankan PORT CLIENT_CALLBACK USERNAME PASSWORD``.

Migrates its own database, creates one account and one client, prints ``siap`` and serves until stopped.
"""

import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from oauth2_provider.models import get_application_model  # noqa: E402


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


def main(port: int, callback: str, username: str, password: str) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    get_user_model().objects.create_user(username, password=password, nama="Sri dari SSO")
    get_application_model().objects.create(
        name="petajabatan",
        client_id="petajabatan",
        client_secret="rahasia-uji",
        client_type="confidential",
        authorization_grant_type="authorization-code",
        redirect_uris=callback,
        skip_authorization=True,
        algorithm="RS256",
    )
    with make_server("127.0.0.1", port, get_wsgi_application(), Server, Quiet) as server:
        print("siap", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:5])
