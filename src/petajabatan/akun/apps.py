from django.apps import AppConfig


class AkunConfig(AppConfig):
    name = "petajabatan.akun"
    label = "akun"

    def ready(self) -> None:
        from petajabatan.akun.queries import actor_of_id, mail_addresses
        from petajabatan.inti.kabar import set_address_source
        from petajabatan.inti.pekerjaan import set_actor_source

        set_actor_source(actor_of_id)
        set_address_source(mail_addresses)
