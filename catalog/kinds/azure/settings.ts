import { ValueError } from '../../../model/value-error';
import type { SecretReference } from '../../../model/vault/secret-reference';
import type { ReferenceClaim } from '../../ground/claims';
import type { ProblemList } from '../../ground/problem-list';
import { defaultsOf, read, refusal } from '../../shape/read';
import { SECRET_REFERENCE } from '../../shape/reference-formats';
import type { Refusal } from '../../shape/shape';
import {
  choice,
  explained,
  hidden,
  map,
  optional,
  pattern,
  TEXT,
  text,
  withDefault,
} from '../../shape/shapes';
import { admits, isAtLeast } from '../../shape/version-constraint';
import type { Place } from '../../source/place';

/** The provider whose schema and behaviour what is synthesized was checked against. */
const OLDEST = '4.55.0';
/** It renames `enable_bgp` (azurerm's 5.0 upgrade guide), and one configuration cannot serve both. */
const TOO_NEW = '5.0.0';

const secret = (name: string, variable: string): Refusal => ({
  code: 'secret',
  message: `a credential never stands in a catalog; it comes from the environment: ${variable}`,
  fix: `write a reference like vault://secret/azure/${name}, or remove it and set ${variable}`,
});

/** An id that is no secret: itself, or the reference under which it is kept beside the secret. */
const ID_OR_REFERENCE = pattern(
  'an id like 12345678-1234-9876-4563-123456789012, or where it is kept: vault://secret/azure/…',
  '^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|vault://\\S+)$',
  '12345678-1234-9876-4563-123456789012',
);

/** `providers.azurerm`. */
export const AZURE_PROVIDER = map(
  {
    version: withDefault(TEXT, '~> 4.55', 'Terraform version constraint, from 4.55 and below 5.0'),
    subscription_id: optional(text(ID_OR_REFERENCE), 'Subscription; absent: ARM_SUBSCRIPTION_ID'),
    tenant_id: optional(text(ID_OR_REFERENCE), 'Tenant; absent: ARM_TENANT_ID'),
    client_id: optional(text(ID_OR_REFERENCE), 'Application that logs in; absent: ARM_CLIENT_ID'),
    client_secret: optional(
      hidden(SECRET_REFERENCE, secret('client_secret', 'ARM_CLIENT_SECRET')),
      'Where its secret is kept, instead of ARM_CLIENT_SECRET: vault://secret/azure/client_secret',
    ),
    auth: withDefault(
      explained(choice('cli', 'environment', 'msi', 'oidc'), {
        cli: "the log-in of Azure's command line (az login)",
        environment: 'ARM_CLIENT_ID with ARM_CLIENT_SECRET or a certificate',
        msi: 'the managed identity of this machine',
        oidc: 'a token of the CI system (workload identity)',
      }),
      'environment',
      'Who logs in',
    ),
  },
  {
    location: {
      code: 'refused-key',
      message: "is each entry's own",
      fix: 'write azure_location in the entry',
    },
    client_certificate_password: secret('client_certificate_password', 'ARM_CLIENT_CERTIFICATE_PASSWORD'),
  },
);

/** How to reach Azure: `providers.azurerm`. */
export interface AzureSettings {
  /** Terraform version constraint. */
  readonly version: string;
  readonly subscriptionId?: string;
  readonly tenantId?: string;
  readonly clientId?: string;
  /** Where the provider takes its credentials from. */
  readonly auth: 'cli' | 'environment' | 'msi' | 'oidc';
  /** Where the driver reads the credentials, just before it starts Terraform: by the names that VCP's SDK gives them. */
  readonly credentials?: Readonly<Record<string, SecretReference>>;
}

/** The names of the SDK, which are those of the keys. */
const CREDENTIALS = ['subscription_id', 'client_id', 'client_secret', 'tenant_id'] as const;

/** Reads `providers.azurerm`; the defaults where it is absent. */
export function readAzureSettings(azurerm: Place, problems: ProblemList): AzureSettings {
  const { draft } = read(azurerm.orEmpty, AZURE_PROVIDER, problems);
  const { version, subscriptionId, tenantId, clientId, auth } = draft ?? defaultsOf(AZURE_PROVIDER);
  if (azurerm.has('version')) problems.parse(azurerm.at('version'), () => checkVersion(version));
  if (auth !== 'environment' && azurerm.has('client_secret')) {
    const message = `is for auth: environment; with auth: ${auth} no secret is needed`;
    problems.error('two-credentials', azurerm.keyAt('client_secret'), message, 'remove one of the two');
  }
  const references = azureReferences(azurerm);
  const plain = (id: string | undefined): string | undefined => (id?.startsWith('vault:') ? undefined : id);
  const ids = { subscriptionId: plain(subscriptionId), tenantId: plain(tenantId), clientId: plain(clientId) };
  return {
    version,
    auth,
    ...(ids.subscriptionId === undefined ? {} : { subscriptionId: ids.subscriptionId }),
    ...(ids.tenantId === undefined ? {} : { tenantId: ids.tenantId }),
    ...(ids.clientId === undefined ? {} : { clientId: ids.clientId }),
    ...(references.length === 0
      ? {}
      : { credentials: Object.fromEntries(references.map(({ name, reference }) => [name, reference])) }),
  };
}

/** @throws {@link ValueError} unless every version that the constraint allows takes what we synthesize */
function checkVersion(constraint: string): void {
  if (isAtLeast(constraint, OLDEST) && !admits(constraint, TOO_NEW)) return;
  throw new ValueError(`a constraint from ${OLDEST} that does not allow ${TOO_NEW}`, constraint, {
    fix: "write '~> 4.55'",
  });
}

/** The references of `providers.azurerm` as claims. */
export function settingsReferences(azurerm: Place): readonly ReferenceClaim[] {
  return azureReferences(azurerm).map(({ name, reference }) => ({
    reference,
    kind: 'credential',
    where: azurerm.at(name),
    keyWhere: azurerm.keyAt(name),
  }));
}

function azureReferences(
  azurerm: Place,
): readonly { readonly name: string; readonly reference: SecretReference }[] {
  return CREDENTIALS.flatMap((name) => {
    const { text: given } = azurerm.below(name);
    if (given === undefined || refusal(given, SECRET_REFERENCE)) return [];
    return [{ name, reference: SECRET_REFERENCE.parse(given) }];
  });
}
