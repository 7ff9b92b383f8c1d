import { ACCOUNT_ID, checkRegion, ROLE_ARN } from '../adopted/aws';
import type { BackendType } from '../ground/backend';
import type { ProblemList } from '../ground/problem-list';
import { NAME, URL_TEXT } from '../shape/formats';
import type { Key, Keys, MapForm, Refusal, Shape } from '../shape/shape';
import {
  choice,
  FLAG,
  list,
  map,
  named,
  optional,
  required,
  TEXT,
  text,
  whole,
  withDefault,
} from '../shape/shapes';
import type { Place } from '../source/place';

/** A credential: Terraform reads it from the environment, so that no state, plan or catalog holds it. */
const from = (variable: string): Refusal => ({
  code: 'secret',
  message: `a credential never stands in a catalog; it comes from the environment: ${variable}`,
  fix: `remove it and set ${variable}`,
});

const OURS: Refusal = {
  code: 'refused-key',
  message: "is made from the environment's and the stack's name",
  fix: 'remove it; use prefix to tell projects apart',
};

/** Where the local backend's states lie is part of the layout of the folders. */
const FIXED: Refusal = { ...OURS, fix: 'remove it; states lie in state/<environment>/' };

const keys = (shape: Shape, ...names: readonly string[]): Record<string, Key> =>
  Object.fromEntries(names.map((name) => [name, optional(shape, `${name}, as Terraform has it`)]));

const needed = (shape: Shape, name: string, description: string): Record<string, Key> => ({
  [name]: required(shape, description),
});

interface BackendKeys {
  readonly keys: Keys;
  readonly refused: Readonly<Record<string, Refusal>>;
}

const ASSUME_ROLE = map({
  role_arn: required(text(ROLE_ARN), 'ARN of the role'),
  ...keys(TEXT, 'external_id', 'session_name', 'source_identity', 'duration'),
});

const BACKENDS: Readonly<Record<BackendType, BackendKeys>> = {
  local: { keys: {}, refused: { path: FIXED, workspace_dir: FIXED } },
  s3: {
    keys: {
      ...needed(TEXT, 'bucket', 'the bucket of the states'),
      ...needed(TEXT, 'region', 'region of the bucket'),
      ...keys(
        TEXT,
        'profile',
        'dynamodb_table',
        'kms_key_id',
        'acl',
        'retry_mode',
        'sts_region',
        'custom_ca_bundle',
      ),
      ...keys(TEXT, 'http_proxy', 'https_proxy', 'no_proxy', 'ec2_metadata_service_endpoint'),
      ...keys(
        FLAG,
        'use_lockfile',
        'encrypt',
        'use_path_style',
        'insecure',
        'use_fips_endpoint',
        'use_dualstack_endpoint',
      ),
      ...keys(FLAG, 'skip_credentials_validation', 'skip_metadata_api_check', 'skip_region_validation'),
      ...keys(FLAG, 'skip_requesting_account_id', 'skip_s3_checksum'),
      ...keys(whole(0, 1000), 'max_retries'),
      ...keys(list(text(ACCOUNT_ID)), 'allowed_account_ids', 'forbidden_account_ids'),
      ...keys(list(TEXT), 'shared_config_files', 'shared_credentials_files'),
      ...keys(ASSUME_ROLE, 'assume_role'),
      ...keys(
        map(
          {
            role_arn: required(text(ROLE_ARN), 'ARN of the role'),
            ...keys(TEXT, 'session_name', 'duration', 'web_identity_token_file'),
          },
          { web_identity_token: from('AWS_WEB_IDENTITY_TOKEN_FILE') },
        ),
        'assume_role_with_web_identity',
      ),
      ...keys(named(NAME, text(URL_TEXT)), 'endpoints'),
    },
    refused: {
      key: OURS,
      workspace_key_prefix: OURS,
      access_key: from('AWS_ACCESS_KEY_ID'),
      secret_key: from('AWS_SECRET_ACCESS_KEY'),
      token: from('AWS_SESSION_TOKEN'),
      sse_customer_key: from('AWS_SSE_CUSTOMER_KEY'),
    },
  },
  azurerm: {
    keys: {
      ...needed(TEXT, 'storage_account_name', 'the storage account'),
      ...needed(TEXT, 'container_name', 'the container of the states'),
      ...keys(
        TEXT,
        'resource_group_name',
        'subscription_id',
        'tenant_id',
        'client_id',
        'environment',
        'metadata_host',
      ),
      ...keys(TEXT, 'client_certificate_path', 'client_id_file_path', 'oidc_token_file_path', 'msi_endpoint'),
      ...keys(
        FLAG,
        'snapshot',
        'use_oidc',
        'use_msi',
        'use_cli',
        'use_azuread_auth',
        'use_aks_workload_identity',
      ),
      ...keys(FLAG, 'lookup_blob_endpoint'),
    },
    refused: {
      key: OURS,
      access_key: from('ARM_ACCESS_KEY'),
      sas_token: from('ARM_SAS_TOKEN'),
      client_secret: from('ARM_CLIENT_SECRET'),
      client_secret_file_path: from('ARM_CLIENT_SECRET_FILE_PATH'),
      client_certificate: from('ARM_CLIENT_CERTIFICATE'),
      client_certificate_password: from('ARM_CLIENT_CERTIFICATE_PASSWORD'),
      oidc_token: from('ARM_OIDC_TOKEN'),
      oidc_request_token: from('ARM_OIDC_REQUEST_TOKEN'),
    },
  },
  gcs: {
    keys: {
      ...needed(TEXT, 'bucket', 'the bucket of the states'),
      ...keys(TEXT, 'impersonate_service_account', 'kms_encryption_key'),
      ...keys(list(TEXT), 'impersonate_service_account_delegates'),
      ...keys(text(URL_TEXT), 'storage_custom_endpoint'),
    },
    refused: {
      credentials: from('GOOGLE_BACKEND_CREDENTIALS'),
      access_token: from('GOOGLE_OAUTH_ACCESS_TOKEN'),
      encryption_key: from('GOOGLE_ENCRYPTION_KEY'),
    },
  },
  http: {
    keys: {
      ...needed(text(URL_TEXT), 'address', "URL that the states' names are added to"),
      ...keys(TEXT, 'update_method', 'lock_method', 'unlock_method', 'client_ca_certificate_pem'),
      ...keys(FLAG, 'skip_cert_verification'),
      ...keys(whole(0, 3600), 'retry_max', 'retry_wait_min', 'retry_wait_max'),
    },
    refused: {
      lock_address: OURS,
      unlock_address: OURS,
      username: from('TF_HTTP_USERNAME'),
      password: from('TF_HTTP_PASSWORD'),
      client_certificate_pem: from('TF_HTTP_CLIENT_CERTIFICATE_PEM'),
      client_private_key_pem: from('TF_HTTP_CLIENT_PRIVATE_KEY_PEM'),
    },
  },
  pg: {
    keys: { ...keys(FLAG, 'skip_schema_creation', 'skip_table_creation', 'skip_index_creation') },
    refused: { conn_str: from('PG_CONN_STR'), schema_name: OURS },
  },
  cloud: {
    keys: {
      ...needed(TEXT, 'organization', 'the organization'),
      ...keys(TEXT, 'hostname'),
      ...keys(map({ ...keys(TEXT, 'project') }, { name: OURS, tags: OURS }), 'workspaces'),
    },
    refused: { token: from('TF_TOKEN_app_terraform_io') },
  },
};

/** First part of the keys of remote states. */
export const PREFIX = withDefault(text(NAME), 'kakehashi', "First part of the states' keys");

/** `backend:` of one type; the types' own arguments are spelled as Terraform does. */
export function backendShape(type: BackendType): MapForm {
  const { keys: own, refused } = BACKENDS[type];
  return map(
    {
      type: optional(choice(type), 'Kind of backend'),
      ...(type === 'local' ? {} : { prefix: PREFIX }),
      ...own,
    },
    refused,
  );
}

/** Checks where a backend keeps its states, as far as Terraform refuses it before it asks anybody. */
export function checkPlace(type: BackendType, backend: Place, problems: ProblemList): void {
  const isSkipped = backend.below('skip_region_validation').node;
  if (type !== 's3' || (isSkipped?.kind === 'scalar' && isSkipped.value === true)) return;
  const newer =
    'for a store that is not of AWS, or a newer region, write skip_region_validation: true beside it';
  checkRegion(backend.below('region'), { newer, isAllowed: false }, problems);
}
