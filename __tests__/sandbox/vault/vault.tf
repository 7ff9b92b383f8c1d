variable "credential" {
  type      = string
  ephemeral = true
  default   = "first"
}
variable "credential_version" { default = 1 }

provider "vault" {
  address          = "https://vault.example:8443"
  skip_child_token = true
}

resource "vault_mount" "shared" {
  path        = "secret"
  type        = "kv"
  options     = { version = "1" }
  description = "shared by all users"
}
resource "vault_mount" "versioned" {
  path    = "kv2"
  type    = "kv"
  options = { version = "2" }
}
data "vault_policy_document" "reader" {
  rule {
    path         = "${vault_mount.shared.path}/*"
    capabilities = ["read", "list"]
    description  = "what all may read"
  }
}
resource "vault_policy" "reader" {
  name   = "reader"
  policy = data.vault_policy_document.reader.hcl
}
resource "vault_token_auth_backend_role" "regular" {
  role_name        = "regular"
  allowed_policies = [vault_policy.reader.name]
  orphan           = true
  token_period     = "86400"
}
resource "vault_auth_backend" "approle" {
  type = "approle"
  tune {
    default_lease_ttl = "1h"
    max_lease_ttl     = "24h"
  }
}
resource "vault_approle_auth_backend_role" "ci" {
  backend        = vault_auth_backend.approle.path
  role_name      = "ci"
  token_policies = [vault_policy.reader.name]
  token_ttl      = 600
  secret_id_ttl  = 3600
}
resource "vault_approle_auth_backend_role_secret_id" "ci" {
  backend   = vault_auth_backend.approle.path
  role_name = vault_approle_auth_backend_role.ci.role_name
  metadata  = jsonencode({ run = "1" })
  ttl       = 3600
}
resource "vault_approle_auth_backend_login" "ci" {
  backend   = vault_auth_backend.approle.path
  role_id   = vault_approle_auth_backend_role.ci.role_id
  secret_id = vault_approle_auth_backend_role_secret_id.ci.secret_id
}
resource "vault_kv_secret_v2" "hidden" {
  mount                = vault_mount.versioned.path
  name                 = "aws/access_key"
  data_json_wo         = jsonencode({ value = var.credential })
  data_json_wo_version = var.credential_version
  delete_all_versions  = true
}
resource "vault_kv_secret_v2" "shown" {
  mount     = vault_mount.versioned.path
  name      = "site/name"
  data_json = jsonencode({ value = "tokyo", number = 7 })
  custom_metadata {
    max_versions = 3
    data         = { owner = "site" }
  }
}
resource "vault_kv_secret" "site" {
  path      = "${vault_mount.shared.path}/site"
  data_json = jsonencode({ value = "x <y>" })
}
resource "vault_generic_secret" "generic" {
  path      = "${vault_mount.versioned.path}/generic"
  data_json = jsonencode({ value = "g" })
}
resource "vault_token" "robot" {
  role_name = vault_token_auth_backend_role.regular.role_name
  policies  = [vault_policy.reader.name]
  metadata  = { used_by = "robot" }
}
data "vault_kv_secret_v2" "hidden" {
  mount = vault_kv_secret_v2.shown.mount
  name  = vault_kv_secret_v2.shown.name
}
data "vault_approle_auth_backend_role_id" "ci" {
  backend   = vault_auth_backend.approle.path
  role_name = vault_approle_auth_backend_role.ci.role_name
}
ephemeral "vault_kv_secret_v2" "hidden" {
  mount    = vault_mount.versioned.path
  mount_id = vault_kv_secret_v2.shown.id
  name     = vault_kv_secret_v2.shown.name
}
output "role_id" { value = data.vault_approle_auth_backend_role_id.ci.role_id }
output "site" { value = nonsensitive(data.vault_kv_secret_v2.hidden.data["value"]) }
resource "vault_audit" "file" {
  type    = "file"
  path    = "audit"
  options = { file_path = "/var/log/vault/audit.log" }
}
