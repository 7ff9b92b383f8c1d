import type { Broken } from './table';

/** The section as its problems need it: the server, and what is wrong. */
const vault = (rest: string): string =>
  `vault: { address: https://10.0.2.15:8443${rest === '' ? '' : `, ${rest}`} }\n`;

/** A policy with one part of it wrong. */
const policy = (rest: string): string => vault(`policies: { deploy: { ${rest} } }`);

/** The section `vault`. */
export const VAULT: readonly Broken[] = [
  {
    name: 'a cubbyhole that is made',
    added: vault('mounts: { cubbyhole: { create: {} } }'),
    problems: [
      '29:53-62 reserved-mount vault.mounts.cubbyhole: cubbyhole cannot be a mount: every token has its own, which no administrator can make, share or keep, and which vanishes with it | remove it: vault://cubbyhole/… works without; what several users need goes to secret',
    ],
  },
  {
    name: "a mount at the server's own path",
    added: vault('mounts: { sys/kv: { create: {} } }'),
    problems: [
      "29:53-59 reserved-mount vault.mounts.sys/kv: sys cannot be a mount: it is the server's own interface | choose another path",
    ],
  },
  {
    name: 'a mount with a slash before it',
    added: vault('mounts: { /secret: {} }'),
    problems: [
      '29:53-60 bad-name vault.mounts: a key must be a path like secret or team/kv, without slashes at its ends, got "/secret"',
    ],
  },
  {
    name: 'a mount with a slash at its end',
    added: vault('mounts: { secret/: {} }'),
    problems: [
      '29:53-60 bad-name vault.mounts: a key must be a path like secret or team/kv, without slashes at its ends, got "secret/"',
    ],
  },
  {
    name: 'mounts within each other',
    added: vault('mounts: { team: {}, team/kv: {} }'),
    problems: [
      '29:63-70 mount-overlap vault.mounts.team/kv: lies within the mount team: their paths would be mixed up, and the server refuses it | give it a path of its own',
    ],
  },
  {
    name: 'a third version of KV',
    added: vault('mounts: { secret: { version: 3 } }'),
    problems: ['29:72-73 bad-value vault.mounts.secret.version: must be one of 1, 2, got the number 3'],
  },
  {
    name: 'a version as a text',
    added: vault("mounts: { secret: { version: '2' } }"),
    problems: [
      '29:72-75 bad-value vault.mounts.secret.version: must be one of 1, 2, got "2" | write it without quotes',
    ],
  },
  {
    name: 'a mount of another type',
    added: vault('mounts: { secret: { type: kv-v2 } }'),
    problems: [
      '29:63-67 refused-key vault.mounts.secret.type: is always kv | write version: 1 or version: 2',
    ],
  },
  {
    name: 'create with true',
    added: vault('mounts: { secret: { create: true } }'),
    problems: ['29:71-75 wrong-type vault.mounts.secret.create: must be an empty map, {}, got true'],
  },
  {
    name: 'no address',
    added: 'vault: { server: openbao }\n',
    problems: ['29:1-6 missing-key vault: key "address" is missing: the server\'s URL, without a path'],
  },
  {
    name: 'an empty section',
    added: 'vault:\n',
    problems: ['29:7-7 wrong-type vault: must be a map of keys, got nothing'],
  },
  {
    name: 'an address without TLS',
    added: 'vault: { address: http://10.0.2.15:8200 }\n',
    problems: [
      '29:19-40 bad-value vault.address: must be a URL of https: without TLS, tokens and secrets are read on the way (only a loopback address may have http), got "http://10.0.2.15:8200"',
    ],
  },
  {
    name: 'an address with a path',
    added: 'vault: { address: https://10.0.2.15:8443/v1 }\n',
    problems: [
      '29:19-44 bad-value vault.address: must be a URL of https with host and port alone, like https://10.0.2.15:8443, got "https://10.0.2.15:8443/v1"; did you mean "https://10.0.2.15:8443"?',
    ],
  },
  {
    name: 'an address with a password',
    added: 'vault: { address: https://admin:hunter2@10.0.2.15:8443 }\n',
    problems: [
      '29:19-55 bad-value vault.address: must be a URL of https with host and port alone, like https://10.0.2.15:8443, got "https://******@10.0.2.15:8443"',
    ],
  },
  {
    name: 'an address with a token',
    added: "vault: { address: 'https://10.0.2.15:8443/?token=hvs.CAES' }\n",
    problems: [
      '29:19-59 bad-value vault.address: must be a URL of https with host and port alone, like https://10.0.2.15:8443, got "https://10.0.2.15:8443/?…"; did you mean "https://10.0.2.15:8443"?',
    ],
  },
  {
    name: 'an address with a port that is none',
    added: 'vault: { address: https://10.0.2.15:84430 }\n',
    problems: [
      '29:19-42 bad-value vault.address: must be a URL of https with host and port alone, like https://10.0.2.15:8443, got "https://10.0.2.15:84430"',
    ],
  },
  {
    name: 'an address without a scheme',
    added: "vault: { address: '10.0.2.15:8443' }\n",
    problems: [
      '29:19-35 bad-value vault.address: must be a URL of https with host and port alone, like https://10.0.2.15:8443, got "10.0.2.15:8443"',
    ],
  },
  {
    name: 'a token of Vault',
    added: vault('token: hvs.CAES'),
    problems: [
      '29:43-48 secret vault.token: a credential of Vault never stands in a catalog; it comes from VAULT_TOKEN, ~/.vault-token or a prompt | remove it',
    ],
  },
  {
    name: 'a secret id',
    added: vault('auth: { method: approle, role_id: ci, secret_id: 7b3d }'),
    problems: [
      '29:81-90 secret vault.auth.secret_id: a credential of Vault never stands in a catalog; it comes from VAULT_SECRET_ID | remove it',
    ],
  },
  {
    name: 'no certificate check',
    added: vault('skip_tls_verify: true'),
    problems: [
      "29:43-58 refused-key vault.skip_tls_verify: the server's certificate is always verified | use ca_file: a PEM file with the authority that signed it",
    ],
  },
  {
    name: 'another log-in',
    added: vault('auth: { method: userpass }'),
    problems: ['29:59-67 bad-value vault.auth.method: must be one of token, approle, got "userpass"'],
  },
  {
    name: 'an AppRole without its id',
    added: vault('auth: { method: approle }'),
    problems: ['29:51-57 missing-key vault.auth: key "role_id" is missing: which role logs in'],
  },
  {
    name: 'a role id for a token',
    added: vault('auth: { role_id: ci }'),
    problems: [
      '29:51-58 bad-auth vault.auth.role_id: belongs to method: approle, and the method is token | write method: approle, or remove it',
    ],
  },
  {
    name: 'a namespace with a slash',
    added: vault('namespace: team/'),
    problems: [
      '29:54-59 bad-value vault.namespace: must be a namespace like team/lab, without slashes at its ends, got "team/"',
    ],
  },
  {
    name: 'another server',
    added: vault('server: bao'),
    problems: ['29:51-54 bad-value vault.server: must be one of vault, openbao, got "bao"'],
  },
  {
    name: 'a policy named root',
    added: vault('policies: { root: { rules: [{ path: a/b, capabilities: [read] }] } }'),
    problems: [
      '29:55-59 reserved-policy vault.policies.root: the name root is taken: it allows everything and cannot be changed | choose another name',
    ],
  },
  {
    name: 'a policy in capitals',
    added: vault('policies: { Deploy: {} }'),
    problems: [
      '29:55-61 bad-name vault.policies: a key must be a name of small letters, digits, _ . and -, up to 64, got "Deploy"',
    ],
  },
  {
    name: 'a policy without rules',
    added: policy('create: {}'),
    problems: [
      '29:55-61 missing-key vault.policies.deploy: key "rules" is missing: what the policy allows | write rules: [{ path: secret/aws/*, capabilities: [read] }]',
    ],
  },
  {
    name: 'an unknown capability',
    added: policy('rules: [{ path: secret/a, capabilities: [reed] }]'),
    problems: [
      '29:106-110 bad-value vault.policies.deploy.rules[0].capabilities[0]: must be one of create, read, update, delete, list, sudo, patch, deny, got "reed"; did you mean "read"?',
    ],
  },
  {
    name: 'deny beside others',
    added: policy('rules: [{ path: secret/a, capabilities: [read, deny] }]'),
    problems: [
      '29:105-117 bad-rule vault.policies.deploy.rules[0].capabilities: deny stands alone: beside it nothing counts, got [read, deny]',
    ],
  },
  {
    name: 'forbidden wildcards',
    added: policy("rules: [{ path: 'secret/+*', capabilities: [read] }]"),
    problems: [
      '29:81-92 bad-value vault.policies.deploy.rules[0].path: must be a path without +*, which Vault forbids, got "secret/+*" | write * alone at the end',
    ],
  },
  {
    name: 'a star in the middle',
    added: policy("rules: [{ path: 'secret/*/a', capabilities: [read] }]"),
    problems: [
      '29:81-93 bad-value vault.policies.deploy.rules[0].path: must be a path with * at its end alone (elsewhere Vault takes it for a letter), got "secret/*/a" | + stands for one segment',
    ],
  },
  {
    name: 'a plus in a segment',
    added: policy("rules: [{ path: 'secret/+a', capabilities: [read] }]"),
    problems: [
      '29:81-92 bad-value vault.policies.deploy.rules[0].path: must be a path in which + stands for a whole segment, got "secret/+a"',
    ],
  },
  {
    name: 'a rule with a slash before it',
    added: policy('rules: [{ path: /secret/a, capabilities: [read] }]'),
    problems: [
      '29:81-90 bad-value vault.policies.deploy.rules[0].path: must be a path without a slash before it, got "/secret/a"; did you mean "secret/a"?',
    ],
  },
  {
    name: 'a template in a rule',
    added: policy("rules: [{ path: 'secret/{{identity.entity.id}}/*', capabilities: [read] }]"),
    problems: [
      '29:81-114 bad-value vault.policies.deploy.rules[0].path: must be a path without templates, of which nobody can say beforehand what they allow, got "secret/{{identity.entity.id}}/*"',
    ],
  },
  {
    name: 'a path twice',
    added: policy(
      'rules: [{ path: secret/a, capabilities: [read] }, { path: secret/a, capabilities: [list] }]',
    ),
    problems: [
      '29:123-131 duplicate-rule vault.policies.deploy.rules[1].path: secret/a stands twice; Vault would put both together, deny first | write one rule for it',
    ],
  },
  {
    name: 'a KV v2 path in a rule',
    added: vault(
      'mounts: { secret: { version: 2 } }, policies: { deploy: { rules: [{ path: secret/data/aws/*, capabilities: [read] }] } }',
    ),
    problems: [
      '29:117-134 versioned-path vault.policies.deploy.rules[0].path: below secret, a KV v2 mount, data/ comes by itself; did you mean "secret/aws/*"?',
    ],
  },
  {
    name: 'a wildcard for a KV v2 mount',
    added: vault(
      'mounts: { secret: { version: 2 } }, policies: { deploy: { rules: [{ path: +/aws/*, capabilities: [read] }] } }',
    ),
    problems: [
      '29:117-124 versioned-path vault.policies.deploy.rules[0].path: + in the place of a mount would miss secret, whose KV v2 paths are others | write a rule for each mount: secret/aws/*',
    ],
  },
  {
    name: 'a line that does not hold',
    added: policy(
      'rules: [{ path: secret/aws/*, capabilities: [list] }], may: [list secret/aws, read secret/aws/access_key]',
    ),
    problems: [
      '29:143-169 claim-fails vault.policies.deploy.may[1]: the policy must allow read on secret/aws/access_key, but allows list there | give read to the rule that counts there: the most specific one alone does',
    ],
  },
  {
    name: 'a line about what no rule matches',
    added: policy(
      'rules: [{ path: secret/aws/*, capabilities: [read] }], may: [read secret/azure/client_id]',
    ),
    problems: [
      '29:126-153 claim-fails vault.policies.deploy.may[0]: the policy must allow read on secret/azure/client_id, but allows nothing there | give read to the rule that counts there: the most specific one alone does',
    ],
  },
  {
    name: 'a line that must not hold, in KV v2',
    added: vault(
      'mounts: { secret: { version: 2 } }, policies: { deploy: { rules: [{ path: secret/aws/*, capabilities: [read, update] }], may_not: [update secret/aws/access_key] } }',
    ),
    problems: [
      '29:174-202 claim-fails vault.policies.deploy.may_not[0]: the policy must not allow update on secret/aws/access_key (secret/data/aws/access_key), but allows read, update there | take it from the rule that counts there, or add a more specific rule',
    ],
  },
  {
    name: 'a line that is none',
    added: policy('rules: [{ path: secret/a, capabilities: [read] }], may: [secret/a]'),
    problems: [
      '29:122-130 bad-value vault.policies.deploy.may[0]: must be a capability (create, read, update, delete, list, sudo, patch) and a path without wildcards, like read secret/aws/access_key, got "secret/a"',
    ],
  },
  {
    name: 'a line with a wildcard',
    added: policy('rules: [{ path: secret/a, capabilities: [read] }], may: [read secret/*]'),
    problems: [
      '29:122-135 bad-value vault.policies.deploy.may[0]: must be a capability (create, read, update, delete, list, sudo, patch) and a path without wildcards, like read secret/aws/access_key, got "read secret/*"',
    ],
  },
  {
    name: 'a user of an unknown kind',
    added: vault('users: { alice: { role: admin } }'),
    problems: ['29:67-72 bad-value vault.users.alice.role: must be one of super, regular, got "admin"'],
  },
  {
    name: 'super users that are made, of whom the first is noted',
    added: vault(
      'users: { alice: { create: {} }, bob: { role: super }, rita: { role: super, create: {} }, sue: { role: super, create: {} } }',
    ),
    problems: [
      '29:111-116 note reaches-every-token vault.users.rita.role: a super user can look up and revoke every token of the server, not only those of dev: a request names a token by its accessor, and no policy of Vault can tell accessors apart',
    ],
  },
  {
    name: "a policy of the users' own name",
    added: vault('policies: { dev-regular-fullaccess: {} }, users: { alice: { create: {} } }'),
    problems: [
      '29:55-77 name-clash vault.policies.dev-regular-fullaccess: the policy dev-regular-fullaccess is made for the users of this kind (alice), and would be made twice | rename the policy',
    ],
  },
  {
    name: 'a user with a space',
    added: vault('users: { alice b: {} }'),
    problems: [
      '29:52-59 bad-name vault.users: a key must be a name of letters, digits, _ . @ and -, up to 64, got "alice b"',
    ],
  },
  {
    name: 'an AppRole in capitals',
    added: vault('approles: { CI: { policies: [default] } }'),
    problems: [
      '29:55-57 bad-name vault.approles: a key must be a name of small letters, digits, _ . and -, up to 64, got "CI"',
    ],
  },
  {
    name: 'an AppRole without policies',
    added: vault('approles: { ci: { create: {} } }'),
    problems: ['29:55-57 missing-key vault.approles.ci: key "policies" is missing: policies of its tokens'],
  },
  {
    name: 'an AppRole with a policy that is misspelled',
    added: vault('policies: { deploy: {} }, approles: { ci: { policies: [deplo] } }'),
    problems: [
      '29:98-103 unknown-policy vault.approles.ci.policies[0]: there is no policy "deplo" in the catalog; did you mean "deploy"? | where it exists already, declare it: policies: { deplo: {} }',
    ],
  },
  {
    name: 'an AppRole with a policy that is elsewhere',
    added: vault('approles: { ci: { policies: [nightly] } }'),
    problems: [
      '29:72-79 note assumed-policy vault.approles.ci.policies[0]: nightly is no policy of the catalog: taken to exist in Vault',
    ],
  },
  {
    name: 'an AppRole with root',
    added: vault('approles: { ci: { policies: [root] } }'),
    problems: [
      '29:72-76 reserved-policy vault.approles.ci.policies[0]: no role hands out root: the server would refuse the log-in | write a policy that allows what it needs',
    ],
  },
  {
    name: 'a lifetime that is too long',
    added: vault('approles: { ci: { policies: [default], token_ttl_seconds: 9999999 } }'),
    problems: [
      '29:101-108 bad-value vault.approles.ci.token_ttl_seconds: must be a whole number from 60 to 2764800, got 9999999',
    ],
  },
  {
    name: 'a lifetime with a unit',
    added: vault('approles: { ci: { policies: [default], token_ttl_seconds: 1h } }'),
    problems: [
      '29:101-103 wrong-type vault.approles.ci.token_ttl_seconds: must be a whole number from 60 to 2764800, got "1h"',
    ],
  },
  {
    name: 'an audit device of OpenBao',
    added: vault(
      'server: openbao, audits: { file: { type: file, options: { file_path: /vault/logs/audit.log }, create: {} } }',
    ),
    problems: [
      "29:137-143 openbao-audit vault.audits.file.create: OpenBao makes no audit device over its API (it would answer 400) | declare it in the server's own configuration, and remove create here",
    ],
  },
  {
    name: 'an audit device without its file',
    added: vault('audits: { file: { type: file, create: {} } }'),
    problems: [
      '29:53-57 missing-key vault.audits.file: key "file_path" is missing: a device of type file needs it | write options: { file_path: \'/vault/logs/audit.log\' }',
    ],
  },
  {
    name: 'an audit device that logs secrets',
    added: vault("audits: { file: { type: file, options: { log_raw: 'true' } } }"),
    problems: [
      '29:84-91 secret vault.audits.file.options.log_raw: would write tokens and secrets in clear text into the log | remove it',
    ],
  },
  {
    name: 'an audit device of an unknown type',
    added: vault('audits: { file: { type: files } }'),
    problems: [
      '29:67-72 bad-value vault.audits.file.type: must be one of file, syslog, socket, got "files"; did you mean "file"?',
    ],
  },
  {
    name: 'a policy twice for an AppRole',
    added: vault('approles: { ci: { policies: [default, default] } }'),
    problems: ['29:81-88 duplicate-value vault.approles.ci.policies[1]: "default" stands twice in the list'],
  },
  {
    name: 'a misspelled key',
    added: 'vault: { adress: https://10.0.2.15:8443 }\n',
    problems: ['29:10-16 unknown-key vault: unknown key "adress"; did you mean "address"?'],
  },
  {
    name: 'create with a key in it',
    added: vault('mounts: { secret: { create: { version: 2 } } }'),
    problems: ['29:73-80 unknown-key vault.mounts.secret.create: unknown key "version"'],
  },
  {
    name: 'something taken over that is not made',
    added: vault('policies: { deploy: { adopt: true } }'),
    problems: [
      '29:65-70 adopt-without-create vault.policies.deploy.adopt: adopt stands beside create: without it, what exists is used as it is, and not managed | write create: {} too, or remove adopt',
    ],
  },
  {
    name: 'a user taken over that is not made',
    added: vault('users: { ann: { adopt: true } }'),
    problems: [
      '29:59-64 adopt-without-create vault.users.ann.adopt: adopt stands beside create: without it, what exists is used as it is, and not managed | write create: {} too, or remove adopt',
    ],
  },
  {
    name: 'an AppRole taken over that is not made',
    added: vault('approles: { ci: { policies: [default], adopt: true } }'),
    problems: [
      '29:82-87 adopt-without-create vault.approles.ci.adopt: adopt stands beside create: without it, what exists is used as it is, and not managed | write create: {} too, or remove adopt',
    ],
  },
  {
    name: 'a mount taken over',
    added: vault('mounts: { secret: { create: {}, adopt: true } }'),
    problems: [
      '29:75-80 refused-key vault.mounts.secret.adopt: nothing can be taken over here: the server makes no second one at a path | leave create out: what exists already is used as it is',
    ],
  },
  {
    name: 'an audit device taken over',
    added: vault('audits: { log: { type: syslog, create: {}, adopt: true } }'),
    problems: [
      '29:86-91 refused-key vault.audits.log.adopt: nothing can be taken over here: the server makes no second one at a path | leave create out: what exists already is used as it is',
    ],
  },
  {
    name: 'a taking over in words',
    added: vault(
      "policies: { deploy: { rules: [{ path: a, capabilities: [read] }], create: {}, adopt: 'yes' } }",
    ),
    problems: [
      '29:128-133 wrong-type vault.policies.deploy.adopt: must be true or false, got "yes" | write true or false, without quotes',
    ],
  },
];
