import type { SecretReference } from '../../../model/vault/secret-reference';
import { ACCOUNT_ID, POLICY_ARN, ROLE_ARN } from '../../adopted/aws';
import type { ReferenceClaim } from '../../ground/claims';
import type { ProblemList } from '../../ground/problem-list';
import { NAME, URL_TEXT } from '../../shape/formats';
import { defaultsOf, read, refusal } from '../../shape/read';
import { SECRET_REFERENCE } from '../../shape/reference-formats';
import type { Draft, Refusal } from '../../shape/shape';
import {
  FLAG,
  hidden,
  list,
  map,
  named,
  optional,
  required,
  TEXT,
  text,
  withDefault,
} from '../../shape/shapes';
import type { Place } from '../../source/place';
import { checkAwsVersion } from './provider-version';
import { TAGS } from './tags';

const credential = (variable: string): Refusal => ({
  code: 'secret',
  message: `a credential never stands in a catalog; it comes from the environment: ${variable}`,
  fix: `remove it and set ${variable}, or use profile or assume_role`,
});

/** A credential that is kept in Vault: its reference may stand in a catalog. */
const kept = (name: string, variable: string) =>
  optional(
    hidden(SECRET_REFERENCE, {
      ...credential(variable),
      fix: `write a reference like vault://secret/aws/${name}, or remove it and set ${variable}, or use profile or assume_role`,
    }),
    `Where it is kept, instead of ${variable}: vault://secret/aws/${name}`,
  );

/** `providers.aws`. */
export const AWS_PROVIDER = map(
  {
    version: withDefault(TEXT, '>= 5.100.0, < 7.0.0', 'Terraform version constraint'),
    profile: optional(TEXT, "Profile of AWS's shared configuration"),
    access_key: kept('access_key', 'AWS_ACCESS_KEY_ID'),
    secret_key: kept('secret_key', 'AWS_SECRET_ACCESS_KEY'),
    token: kept('token', 'AWS_SESSION_TOKEN'),
    assume_role: optional(
      map(
        {
          role_arn: required(text(ROLE_ARN), 'ARN of the role to take on'),
          external_id: optional(TEXT, 'External id that the role asks for'),
          session_name: optional(TEXT, 'Name of the session'),
          web_identity_token_file: optional(TEXT, 'Take the role on with the token in this file'),
        },
        { web_identity_token: credential('AWS_WEB_IDENTITY_TOKEN_FILE') },
      ),
      'A role to take on',
    ),
    allowed_account_ids: optional(list(text(ACCOUNT_ID), { distinct: true }), 'Accounts that may be touched'),
    endpoints: optional(named(NAME, text(URL_TEXT)), 'URLs by service name'),
    default_tags: optional(TAGS, 'Tags of every resource'),
    permissions_boundary: optional(
      text(POLICY_ARN),
      'ARN of the policy beyond which roles that are made for nodes have no rights',
    ),
    skip_region_validation: withDefault(FLAG, false, 'Also use regions that are newer than the list'),
  },
  {
    region: { code: 'refused-key', message: "is each entry's own", fix: 'write aws_region in the entry' },
  },
);

type SettingsDraft = Draft<typeof AWS_PROVIDER>;

/** How to reach AWS: `providers.aws`. */
export interface AwsSettings {
  /** Terraform version constraint. */
  readonly version: string;
  readonly profile?: string;
  /** Where the driver reads the credentials, just before it starts Terraform. Both keys or none. */
  readonly credentials?: AwsCredentials;
  readonly assumeRole?: {
    readonly roleArn: string;
    readonly externalId?: string;
    readonly sessionName?: string;
    /** For `assume_role_with_web_identity` instead: a file that holds the token. */
    readonly webIdentityTokenFile?: string;
  };
  readonly allowedAccountIds: readonly string[];
  /** Service name (`ec2`, `sts`, `logs`, `iam`, …) to URL. */
  readonly endpoints: { readonly [service: string]: string };
  readonly defaultTags: { readonly [key: string]: string };
  /** ARN of the policy beyond which roles of nodes have no rights. */
  readonly permissionsBoundary?: string;
  /** Whether regions are used that neither we nor the provider know. */
  readonly skipRegionValidation: boolean;
}

export interface AwsCredentials {
  readonly accessKey: SecretReference;
  readonly secretKey: SecretReference;
  readonly sessionToken?: SecretReference;
}

/** Reads `providers.aws`; the defaults where it is absent. */
export function readAwsSettings(aws: Place, problems: ProblemList): AwsSettings {
  const { draft } = read(aws.orEmpty, AWS_PROVIDER, problems);
  const settings = draft ?? defaultsOf(AWS_PROVIDER);
  const {
    version,
    profile,
    assumeRole,
    allowedAccountIds,
    endpoints,
    defaultTags,
    skipRegionValidation,
    permissionsBoundary,
  } = settings;
  if (aws.has('version')) problems.parse(aws.at('version'), () => checkAwsVersion(version));
  checkCredentials(aws, settings, problems);
  const { accessKey, secretKey, token } = settings;
  return {
    version,
    ...(profile === undefined ? {} : { profile }),
    ...(accessKey && secretKey
      ? { credentials: { accessKey, secretKey, ...(token ? { sessionToken: token } : {}) } }
      : {}),
    ...(assumeRole?.roleArn === undefined
      ? {}
      : { assumeRole: { ...assumeRole, roleArn: assumeRole.roleArn } }),
    allowedAccountIds: (allowedAccountIds ?? []).flatMap((id) => id ?? []),
    endpoints: endpoints ?? {},
    defaultTags: defaultTags ?? {},
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    skipRegionValidation,
  };
}

const CREDENTIALS = ['access_key', 'secret_key', 'token'] as const;

/** A credential is whole or absent, and one of several ways to log in. */
function checkCredentials(aws: Place, settings: SettingsDraft, problems: ProblemList): void {
  const given = CREDENTIALS.filter((key) => aws.has(key));
  const [first] = given;
  if (first === undefined) return;
  const { accessKey, secretKey, token } = settings;
  const read = { access_key: accessKey, secret_key: secretKey, token };
  const missing = (['access_key', 'secret_key'] as const).filter((key) => !aws.has(key));
  if (given.every((key) => read[key] !== undefined) && missing.length > 0) {
    const names = missing.map((key) => `"${key}"`).join(' and ');
    const are = missing.length === 1 ? `key ${names} is` : `keys ${names} are`;
    problems.error(
      'missing-key',
      { ...aws.keyAt(first), path: aws.path },
      `${are} missing: ${first} is given, and a credential is whole or not there`,
      `write ${missing.map((key) => `${key}: vault://secret/aws/${key}`).join(', ')} beside it`,
    );
  }
  if (aws.has('profile')) {
    const message = `must not stand beside ${first}: one of the two says who asks`;
    problems.error('two-credentials', aws.keyAt('profile'), message, 'remove profile, or the references');
  }
}

/** The references of `providers.aws`, read where they stand, so that one counts also where the others are wrong. */
export function settingsReferences(aws: Place): readonly ReferenceClaim[] {
  return CREDENTIALS.flatMap((key): ReferenceClaim[] => {
    const place = aws.below(key);
    if (place.text === undefined || refusal(place.text, SECRET_REFERENCE)) return [];
    const reference = SECRET_REFERENCE.parse(place.text);
    return [{ reference, kind: 'credential', where: place.at(), keyWhere: place.keyAt() }];
  });
}
