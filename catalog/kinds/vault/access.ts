import { nearest } from '../../../base/text/nearest';
import { userKind } from '../../../model/vault/roles';
import type { ProblemList } from '../../ground/problem-list';
import type { VaultDraft } from './read';

/** Policies that every server has. */
const BUILT_IN = new Set(['default']);

/** Checks users, AppRoles and audit devices. */
export function checkVaultAccess(environment: string, vault: VaultDraft, problems: ProblemList): void {
  checkUsers(environment, vault, problems);
  noteSuperUser(environment, vault, problems);
  checkAppRoles(environment, vault, problems);
  checkAudits(vault, problems);
  checkAdoptions(vault, problems);
}

/** What is not made is not taken over either. */
function checkAdoptions(vault: VaultDraft, problems: ProblemList): void {
  for (const section of ['policies', 'users', 'approles'] as const) {
    for (const { name, create, adopt } of vault[section]) {
      if (!adopt || create) continue;
      const where = vault.place.below(section, name).keyAt('adopt');
      const message = 'adopt stands beside create: without it, what exists is used as it is, and not managed';
      problems.error('adopt-without-create', where, message, 'write create: {} too, or remove adopt');
    }
  }
}

/** The names of users' policies are no longer free for others. */
function checkUsers(
  environment: string,
  { place, users, policies }: VaultDraft,
  problems: ProblemList,
): void {
  for (const user of users.filter(({ create }) => create)) {
    const name = userKind(environment, user.role, user.api);
    if (!policies.some((policy) => policy.name === name)) continue;
    const message = `the policy ${name} is made for the users of this kind (${user.name}), and would be made twice`;
    problems.error('name-clash', place.keyAt('policies', name), message, 'rename the policy');
  }
}

/** What the policy of a super user reaches though it should not, said where somebody is made one. */
function noteSuperUser(environment: string, { place, users }: VaultDraft, problems: ProblemList): void {
  const user = users.find(({ role, create }) => create && role === 'super');
  if (!user) return;
  problems.note(
    'reaches-every-token',
    place.at('users', user.name, 'role'),
    `a super user can look up and revoke every token of the server, not only those of ${environment}: a request names a token by its accessor, and no policy of Vault can tell accessors apart`,
  );
}

function checkAppRoles(
  environment: string,
  { place, approles, policies, users }: VaultDraft,
  problems: ProblemList,
): void {
  const names = [
    ...policies.map(({ name }) => name),
    ...users.map((user) => userKind(environment, user.role, user.api)),
  ];
  for (const approle of approles) {
    const list = place.below('approles', approle.name, 'policies');
    for (const policy of approle.policies) {
      if (names.includes(policy) || BUILT_IN.has(policy)) continue;
      const where = list.at(list.indexOf(policy));
      const suggestion = nearest(policy, names);
      if (policy === 'root') {
        const message = 'no role hands out root: the server would refuse the log-in';
        problems.error('reserved-policy', where, message, 'write a policy that allows what it needs');
      } else if (suggestion !== undefined) {
        const must = `there is no policy "${policy}" in the catalog`;
        const fix = `where it exists already, declare it: policies: { ${policy}: {} }`;
        problems.error('unknown-policy', where, { must, suggestion }, fix);
      } else {
        const message = `${policy} is no policy of the catalog: taken to exist in Vault`;
        problems.note('assumed-policy', where, message);
      }
    }
  }
}

/** What a device cannot do without. */
const NEEDED = { file: 'file_path', socket: 'address', syslog: undefined } as const;

function checkAudits({ place, audits, server }: VaultDraft, problems: ProblemList): void {
  for (const { path, type, options, create } of audits) {
    const audit = place.below('audits', path);
    if (create && server === 'openbao') {
      const message = 'OpenBao makes no audit device over its API (it would answer 400)';
      const fix = "declare it in the server's own configuration, and remove create here";
      problems.error('openbao-audit', audit.keyAt('create'), message, fix);
    }
    const needed = type && NEEDED[type];
    if (create && needed !== undefined && options[needed] === undefined && !audit.has('options', needed)) {
      const message = `key "${needed}" is missing: a device of type ${type} needs it`;
      const example = type === 'file' ? '/vault/logs/audit.log' : '127.0.0.1:9090';
      problems.error('missing-key', audit.keyAt(), message, `write options: { ${needed}: '${example}' }`);
    }
    if (options.log_raw !== undefined && options.log_raw !== 'false') {
      const message = 'would write tokens and secrets in clear text into the log';
      problems.error('secret', audit.keyAt('options', 'log_raw'), message, 'remove it');
    }
  }
}
