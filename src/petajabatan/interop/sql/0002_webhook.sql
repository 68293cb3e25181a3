-- Subscriptions are seen and changed by those who manage them (owner, registrar of the owner's machine account)
-- and by nationwide roles; which of these may is decided by the services. Deliveries follow their webhook.
ALTER TABLE webhook ENABLE ROW LEVEL SECURITY;
CREATE POLICY pengelola ON webhook TO petajabatan_instansi, petajabatan_terbatas
  USING ((SELECT cakupan_aktor()) = ANY (pengelola)) WITH CHECK ((SELECT cakupan_aktor()) = ANY (pengelola));
CREATE POLICY nasional ON webhook TO petajabatan_nasional
  USING ((SELECT cakupan_nasional())) WITH CHECK ((SELECT cakupan_nasional()));
ALTER TABLE webhook_kiriman ENABLE ROW LEVEL SECURITY;
CREATE POLICY ikut_webhook ON webhook_kiriman
  USING (EXISTS (SELECT FROM webhook w WHERE w.id = webhook_id));
