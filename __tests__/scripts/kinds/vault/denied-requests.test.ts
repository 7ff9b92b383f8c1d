import { explainDenied } from '../../../../scripts/kinds/vault/denied-requests';
import type { Diagnostic } from '../../../../terraform/messages';

const POLICIES = '* 1 error occurred:\n\t* permission denied\n\n';

/** An error as the provider 5.6.0 writes it, of OpenBao 2.6.2. */
const error = (method: string, path: string, errors = POLICIES, code = 403): Diagnostic => ({
  severity: 'error',
  summary: `error writing to Vault: Error making API request.\n\nURL: ${method} http://127.0.0.1:8200/v1/${path}\nCode: ${code}. Errors:\n\n${errors}`,
  detail: '',
});

const POLICY = error('PUT', 'sys/policies/acl/deploy');
const OTHER = error('PUT', 'sys/mounts/kv', '* path is already in use at kv/', 400);

test('what the policies refuse is one line with the rule, whatever the number of resources', () => {
  const several = [
    error('POST', 'sys/mounts/kv'),
    POLICY,
    error('POST', 'sys/auth/approle'),
    error('PUT', 'auth/token/roles/lab-regular-readonly'),
    error('GET', 'auth/approle/role/ci'),
    POLICY,
  ];
  expect(explainDenied(several)).toEqual({
    lines: [
      "the token's policies refuse 5 requests (403): sys/mounts/kv, sys/policies/acl/deploy, sys/auth/approle, auth/token/roles/lab-regular-readonly and auth/approle/role/ci",
      'help: add to a policy of the token: path "sys/mounts/kv" { capabilities = ["update", "read"] }, and such a rule for each of the other 4',
    ],
    rest: [],
  });
});

test.each([
  ['PUT', 'sys/policies/acl/deploy', '"update", "read"'],
  ['POST', 'sys/auth/approle', '"update", "read", "sudo"'],
  ['PUT', 'auth/token/roles/x', '"create", "update", "read"'],
  ['PUT', 'auth/token/create/x', '"update"'],
  ['GET', 'auth/approle/role/ci/role-id', '"read"'],
  ['DELETE', 'sys/policies/acl/deploy', '"delete"'],
  ['LIST', 'secret/metadata/aws', '"list"'],
])('one that is refused has its rule: %s %s', (method, path, capabilities) => {
  expect(explainDenied([error(method, path)]).lines).toEqual([
    `the token's policies refuse 1 request (403): ${path}`,
    `help: add to a policy of the token: path "${path}" { capabilities = [${capabilities}] }`,
  ]);
});

test('many paths are counted, and not all named', () => {
  const many = [...'abcdefghi'].map((name) => error('PUT', `sys/policies/acl/${name}`));
  expect(explainDenied(many).lines[0]).toMatch(
    /^the token's policies refuse 9 requests \(403\): .*acl\/f and 3 more$/,
  );
});

test.each([['* permission denied'], ['* 2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n']])(
  'a token that is not accepted is another matter: %j',
  (errors) => {
    expect(
      explainDenied([error('PUT', 'sys/mounts/kv', errors), error('GET', 'sys/mounts/b', errors)]),
    ).toEqual({
      lines: [
        'the server does not accept the token: it is wrong, revoked or expired (403)',
        'help: give a valid one: VAULT_TOKEN or ~/.vault-token',
      ],
      rest: [],
    });
  },
);

test('other errors stay as they are', () => {
  const aws = {
    severity: 'error',
    summary: 'api error UnauthorizedOperation: no',
    detail: 'StatusCode: 403',
  };
  expect(explainDenied([OTHER, POLICY, aws]).rest).toEqual([OTHER, aws]);
});
