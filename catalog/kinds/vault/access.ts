import { didYouMean } from '../../../base/text/nearest';
import { userKind } from '../../../model/vault/roles';
import type { VaultDraft } from '../../environment/drafts';
import type { ProblemList } from '../../ground/problem-list';

/** Policies that every server has. */
const BUILT_IN = new Set(['default']);

/** Users, AppRoles and audit devices. */
export function checkVaultAccess(environment: string, vault: VaultDraft, problems: ProblemList): void {
  checkUsers(environment, vault, problems);
  noteSuperUser(environment, vault, problems);
  checkAppRoles(environment, vault, problems);
  checkAudits(vault, problems);
}

/** Users' policies are made under names that are no longer free. */
function checkUsers(
  environment: string,
  { section, users, policies }: VaultDraft,
  problems: ProblemList,
): void {
  for (const user of users.filter(({ create }) => create)) {
    const name = userKind(environment, user.role, user.api);
    if (!policies.some((policy) => policy.name === name)) continue;
    const steps = ['policies', name] as const;
    const message = `the policy ${name} is made for the users of this kind (${user.name}), and would be made twice`;
    problems.error(
      'name-clash',
      section.pathOf(...steps),
      message,
      section.keyAt(...steps),
      'rename the policy',
    );
  }
}

/** What the policy of a super user reaches though it should not, said where somebody is made one. */
function noteSuperUser(environment: string, { section, users }: VaultDraft, problems: ProblemList): void {
  const user = users.find(({ role, create }) => create && role === 'super');
  const own = user && section.section('users')?.section(user.name);
  if (!own) return;
  problems.note(
    'reaches-every-token',
    own.pathOf('role'),
    `a super user can look up and revoke every token of the server, not only those of ${environment}: a request names a token by its accessor, and no policy of Vault can tell accessors apart`,
    own.at('role'),
  );
}

function checkAppRoles(
  environment: string,
  { section, approles, policies, users }: VaultDraft,
  problems: ProblemList,
): void {
  const names = [
    ...policies.map(({ name }) => name),
    ...users.map((user) => userKind(environment, user.role, user.api)),
  ];
  for (const approle of approles) {
    const own = section.section('approles')?.section(approle.name);
    if (!own) continue;
    for (const policy of approle.policies) {
      if (names.includes(policy) || BUILT_IN.has(policy)) continue;
      const steps = ['policies', own.indexOf('policies', policy)] as const;
      const [where, position] = [own.pathOf(...steps), own.at(...steps)];
      const hint = didYouMean(policy, names);
      if (policy === 'root') {
        const message = 'no role hands out root: the server would refuse the log-in';
        problems.error(
          'reserved-policy',
          where,
          message,
          position,
          'write a policy that allows what it needs',
        );
      } else if (hint !== '') {
        const message = `there is no policy "${policy}" in the catalog${hint}`;
        const mend = `where it exists already, declare it: policies: { ${policy}: {} }`;
        problems.error('unknown-policy', where, message, position, mend);
      } else {
        const message = `${policy} is no policy of the catalog: taken to exist in Vault`;
        problems.note('assumed-policy', where, message, position);
      }
    }
  }
}

/** What a device cannot do without. */
const NEEDED = { file: 'file_path', socket: 'address', syslog: undefined } as const;

function checkAudits({ section, audits, server }: VaultDraft, problems: ProblemList): void {
  for (const { path, type, options, create } of audits) {
    const own = section.section('audits')?.section(path);
    if (!own?.has('type')) continue;
    if (create && server === 'openbao') {
      const message = 'OpenBao makes no audit device over its API (it would answer 400)';
      const mend = "declare it in the server's own configuration, and remove create here";
      problems.error('openbao-audit', own.pathOf('create'), message, own.keyAt('create'), mend);
    }
    const needed = own.text('type') === type ? NEEDED[type] : undefined;
    if (
      create &&
      needed !== undefined &&
      options[needed] === undefined &&
      !own.section('options')?.has(needed)
    ) {
      const message = `key "${needed}" is missing: a device of type ${type} needs it`;
      const example = type === 'file' ? '/vault/logs/audit.log' : '127.0.0.1:9090';
      const mend = `write options: { ${needed}: '${example}' }`;
      problems.error('missing-key', own.path, message, own.keyAt(), mend);
    }
    if (options.log_raw !== undefined && options.log_raw !== 'false') {
      const [where, position] = [own.pathOf('options', 'log_raw'), own.keyAt('options', 'log_raw')];
      const message = 'would write tokens and secrets in clear text into the log';
      problems.error('secret', where, message, position, 'remove it');
    }
  }
}
