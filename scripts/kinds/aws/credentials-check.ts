import { listed } from '../../../base/text/listed';
import type { AwsSettings } from '../../../catalog/kinds/aws/settings';
import { type Finding, failed, noted, passed } from '../../report/finding';
import type { CredentialExamination } from '../kind';
import { notChecked } from '../not-checked';
import { askIdentity, type Identity, type NoIdentity } from './identity';
import { filesText, hasProfile, namedProfile, sharedFiles } from './profile';

const SUBJECT = 'AWS credentials';
const SET_THEM = [
  'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  'write providers.aws.profile in the catalog',
] as const;
const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];

/** Checks whose credentials Terraform's provider will find, and whether it may work in that account. */
export async function checkAwsCredentials(examination: CredentialExamination): Promise<readonly Finding[]> {
  const { loaded, simulated, withheld, variables } = examination;
  const unchecked = notChecked(SUBJECT, { simulated, withheld });
  if (unchecked !== undefined) return [unchecked];
  const settings = loaded.catalog.kinds['aws-network']?.settings;
  if (settings === undefined) return [];
  const profile = settings.credentials === undefined ? namedProfile(settings.profile, variables) : undefined;
  const files = sharedFiles(variables);
  if (profile !== undefined && !hasProfile(profile.name, files)) {
    const found = `the profile "${profile.name}" (${profile.from}) is not in ${filesText(files)}`;
    return [
      failed(SUBJECT, found, `correct ${profile.from}`, `create it: aws configure --profile ${profile.name}`),
    ];
  }
  const proxy =
    settings.endpoints.sts === undefined ? PROXIES.find((name) => (variables[name] ?? '') !== '') : undefined;
  if (proxy !== undefined)
    return [noted(SUBJECT, `not checked: only Terraform asks through the proxy of ${proxy}`)];
  return inRegions(examination, settings);
}

async function inRegions(
  { loaded, variables, stop, times }: CredentialExamination,
  settings: AwsSettings,
): Promise<readonly Finding[]> {
  const regions = [
    ...new Set(
      loaded.stacks.flatMap((stack) =>
        stack.kind === 'aws-network' || stack.kind === 'aws-hub' ? [stack.place.region] : [],
      ),
    ),
  ];
  const answers = await Promise.all(
    regions.map(async (region) => ({
      region,
      answer: await askIdentity({ variables, settings, region, stop, times }),
    })),
  );
  const known = answers.flatMap(({ region, answer }) => ('arn' in answer ? [{ region, answer }] : []));
  const [first] = known;
  const identity =
    first === undefined ? [] : [verdictOn(first.answer, listed(known.map(({ region }) => region)), settings)];
  const failures = new Map<string, Finding>();
  for (const { region, answer } of answers) {
    if ('arn' in answer) continue;
    // In all regions the same is said once.
    const finding = failureOf(answer, first === undefined ? undefined : region, settings);
    failures.set(`${finding.subject} ${finding.found}`, finding);
  }
  return [...identity, ...failures.values()];
}

function verdictOn({ account, arn }: Identity, regions: string, { allowedAccountIds }: AwsSettings): Finding {
  const who = `${arn}, account ${account}, in ${regions}`;
  if (allowedAccountIds.length === 0) return passed(SUBJECT, who);
  if (allowedAccountIds.includes(account)) return passed(SUBJECT, `${who}, which is allowed`);
  return failed(
    SUBJECT,
    `${arn} is of account ${account}, and providers.aws.allowed_account_ids has ${listed(allowedAccountIds)}`,
    'use credentials of an allowed account',
    'add the account in the catalog',
  );
}

/** @param region - where it fails; undefined where it fails in all */
function failureOf(answer: NoIdentity, region: string | undefined, settings: AwsSettings): Finding {
  const subject = region === undefined ? SUBJECT : `${SUBJECT} in ${region}`;
  const { code, message, hasAnswered, endpoint } = answer;
  const inVault = settings.credentials !== undefined;
  const setThem = inVault ? ['store both parts of one key again: kakehashi secret put'] : SET_THEM;
  if (/Expired|TokenRefreshRequired/i.test(code) || /expired/i.test(message))
    return failed(
      subject,
      `they have expired (${code})`,
      'log in again, for instance: aws sso login',
      ...setThem,
    );
  if (/InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId/.test(code))
    return failed(subject, `AWS does not know the access key, or not in this region (${code})`, ...setThem);
  if (/SignatureDoesNotMatch|IncompleteSignature/.test(code)) {
    const found = `AWS refuses the signature (${code}): the secret key is another one's, or the clock is wrong`;
    return failed(subject, found, ...setThem);
  }
  if (/AccessDenied/.test(code)) {
    const role = settings.assumeRole?.roleArn;
    const found = role === undefined ? `AWS refuses them (${code})` : `they may not assume ${role} (${code})`;
    return failed(subject, found, 'let the role trust them', ...setThem);
  }
  if (code === 'CredentialsProviderError')
    return failed(subject, `there are none: ${inOneLine(message)}`, ...setThem);
  if (hasAnswered) return failed(subject, `AWS refuses them (${code}): ${inOneLine(message)}`, ...setThem);
  return failed(
    subject,
    `not known: ${endpoint} can't be reached (${code})`,
    'check the network',
    'correct providers.aws.endpoints.sts',
  );
}

function inOneLine(message: string): string {
  const text = message.replace(/\s+/g, ' ').trim();
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
