import { spawn } from 'node:child_process';
import { compiledCli } from '../support/compiled';
import { freePort, untilAnswering } from '../support/ports';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';
import { done, plain, type TestServer } from '../vault/servers';

jest.setTimeout(180_000);

const TEAM = `cci_version: '1.0'
vault:
  address: http://127.0.0.1:8200
  policies:
    deploy: { rules: [{ path: secret/aws/*, capabilities: [read] }], create: {} }
  users:
    ann: { api: readonly, create: {} }
  approles:
    ci: { policies: [deploy], create: {} }
`;
const ADOPTING = TEAM.replace(/create: \{\}/g, 'create: {}, adopt: true');
const ALL = 'path "*" { capabilities = ["read"] }';

/** The sandbox's Vault over HTTP, for as long as the work takes. */
async function onVault<T>(project: Project, work: (server: TestServer) => Promise<T>): Promise<T> {
  const port = await freePort();
  const args = ['sandbox', 'vault', '--keep', '--listen', `127.0.0.1:${port}`, '--root-token', 'root'];
  const child = spawn(process.execPath, [compiledCli(), ...args], { cwd: project.folder, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const address = `http://127.0.0.1:${port}`;
  try {
    await untilAnswering(`${address}/v1/sys/health`);
    return await work({ address, rootToken: 'root', close: async () => undefined });
  } finally {
    child.kill('SIGINT');
    await ended;
  }
}

/** What somebody else made, under the names that team would write. */
async function stranger(server: TestServer): Promise<void> {
  await done(server, 'PUT', 'sys/policies/acl/deploy', { body: { policy: ALL } });
  await done(server, 'PUT', 'sys/policies/acl/team-regular-readonly', { body: { policy: ALL } });
  await done(server, 'POST', 'auth/token/roles/team-regular-readonly', {
    body: { allowed_policies_glob: ['*'] },
  });
}

describeWith('terraform', 'what somebody else made in Vault', () => {
  let project: Project;
  const kakehashi = (...args: string[]) => project.kakehashi(...args, '--sandbox');
  const policyOf = (name: string) =>
    onVault(project, async (server) => {
      const { status, body } = await plain(server, 'GET', `sys/policies/acl/${name}`);
      return status === 404 ? undefined : String(body.data?.policy);
    });

  beforeEach(() => {
    project = new Project({ 'catalog/team.yml': TEAM });
  });

  it('is not replaced: plan and apply name it', async () => {
    await onVault(project, stranger);
    for (const args of [['plan'], ['apply', '--yes']]) {
      const { code, stdout } = await kakehashi(...args, 'team');
      expect(code).toBe(1);
      expect(stdout).toContain(
        [
          'team-vault: the server has these already, and not from here; an apply would replace them, and a destroy delete them:',
          'vault.policies.deploy: policy deploy, with other rules',
          'vault.users.ann: policy team-regular-readonly, with other rules',
          'vault.users.ann: token role team-regular-readonly, with other allowed_policies, allowed_policies_glob, orphan, renewable, token_no_default_policy and token_type',
          'help: choose another name, or take it over: write adopt: true beside its create',
        ].join('\n  '),
      );
    }
    expect(await policyOf('deploy')).toBe(ALL);
  });

  it('is taken over where the catalog says so, and the plan lists it', async () => {
    await onVault(project, stranger);
    project.write('catalog/team.yml', ADOPTING);
    const planned = await kakehashi('plan', 'team', '--json');
    expect(planned.code).toBe(2);
    for (const sentence of [
      'policy deploy exists already, with other rules: REPLACED (adopt: true)',
      'token role team-regular-readonly exists already, with other allowed_policies, allowed_policies_glob, orphan, renewable, token_no_default_policy and token_type: REPLACED (adopt: true)',
    ])
      expect(planned.stdout).toContain(JSON.stringify(sentence));
    expect((await kakehashi('apply', 'team', '--yes')).code).toBe(0);
    expect(await policyOf('deploy')).not.toBe(ALL);
    // It is harmless from then on, as the last plan shows.
    expect((await kakehashi('plan', 'team')).code).toBe(0);
    project.write('catalog/team.yml', TEAM);
    expect((await kakehashi('plan', 'team')).code).toBe(0);
  });

  it('is let be where it is what the catalog has', async () => {
    const same = 'path "secret/aws/*" {\n  capabilities = [ "read" ]\n}';
    await onVault(project, (server) =>
      done(server, 'PUT', 'sys/policies/acl/deploy', { body: { policy: same } }),
    );
    const { code, stdout } = await kakehashi('apply', 'team', '--yes', '--json');
    expect(stdout).toContain(
      'policy deploy exists already, as the catalog has it: from now on it is managed here',
    );
    expect(code).toBe(0);
  });

  it('is not replaced by a saved plan, where it was made since', async () => {
    expect((await kakehashi('plan', 'team')).code).toBe(2);
    await onVault(project, stranger);
    const { code, stderr } = await kakehashi('apply', 'team', '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain('vault.policies.deploy: policy deploy, with other rules');
    expect(await policyOf('deploy')).toBe(ALL);
  });

  it('may be left of a run that did not end', async () => {
    await onVault(project, stranger);
    const left = {
      v: 2,
      at: new Date().toISOString(),
      run: 'x',
      event: 'started',
      stack: 'team-vault',
      plan: 'x',
    };
    project.write('sandbox.out/team/synth/journal.jsonl', `${JSON.stringify(left)}\n`);
    const { code, stdout } = await kakehashi('plan', 'team', '--json');
    expect(stdout).toContain(
      'policy deploy exists already, with other rules: REPLACED (the last run did not end, and may have made it)',
    );
    expect(code).toBe(2);
  });

  it('is an AppRole, a mount or a log-in method', async () => {
    project.write(
      'catalog/team.yml',
      TEAM.replace('  policies:', '  mounts: { kv: { create: {} } }\n  policies:'),
    );
    await onVault(project, async (server) => {
      await done(server, 'POST', 'sys/mounts/kv', { body: { type: 'kv' } });
      await done(server, 'POST', 'sys/auth/approle', { body: { type: 'approle' } });
      await done(server, 'POST', 'auth/approle/role/ci', {
        body: { token_policies: ['x'], token_num_uses: 3 },
      });
    });
    const { code, stdout } = await kakehashi('plan', 'team');
    expect(code).toBe(1);
    for (const line of [
      'vault.mounts.kv: mount kv\n',
      'vault.approles: log-in method approle\n',
      'vault.approles.ci: AppRole ci, with other secret_id_ttl, token_max_ttl, token_num_uses, token_policies and token_ttl\n',
      'help: leave the create of the mount out: it is used as it is, and the server makes no second one there\n',
      'help: leave the create of all AppRoles out: they are made where their log-in method was made\n',
    ])
      expect(stdout).toContain(line);
  });

  it('is an AppRole, whose secret ids others have', async () => {
    const pathOf = (path: string) => `auth/approle/role/ci${path}`;
    await onVault(project, async (server) => {
      await done(server, 'POST', 'sys/auth/approle', { body: { type: 'approle' } });
      await done(server, 'POST', pathOf(''), { body: { token_policies: ['x'], token_num_uses: 3 } });
    });
    // The log-in method is not made here: the role alone is taken over, as after a run that did not end.
    project.write('catalog/team.yml', ADOPTING);
    const left = {
      v: 2,
      at: new Date().toISOString(),
      run: 'x',
      event: 'started',
      stack: 'team-vault',
      plan: 'x',
    };
    project.write('sandbox.out/team/synth/journal.jsonl', `${JSON.stringify(left)}\n`);
    expect((await kakehashi('plan', 'team', '--json')).stdout).toContain(
      'AppRole ci exists already, with other secret_id_ttl, token_max_ttl, token_num_uses, token_policies and token_ttl: REPLACED (adopt: true), but for token_num_uses, which the plan after it resets; secret ids that others have of it go on working',
    );
  });

  it('is a secret at the path of a key: that it was replaced is said', async () => {
    project.write(
      'catalog/lab.yml',
      `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.77, asn: 65000 }
vault: { address: 'http://127.0.0.1:8200', preshared_keys: vault://secret/vpn }
aws:
  default:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.26.2.0/24
    create: { vpc_cidr: 172.26.0.0/16, egress: none }
`,
    );
    await onVault(project, async (server) => {
      await done(server, 'POST', 'sys/mounts/secret', { body: { type: 'kv' } });
      const body = { value: 'of-somebody' };
      await done(server, 'POST', 'secret/vpn/lab/aws/default/169.254.100.4', { body });
    });
    const { code, stderr } = await kakehashi('apply', 'lab', '--yes');
    expect(code).toBe(0);
    expect(stderr).toContain(
      'vault://secret/vpn: had other values where the keys of aws/default belong, which were replaced (tunnels 169.254.100.4/30); they may be of an earlier lab\n',
    );
    expect((await kakehashi('apply', 'lab', '--yes')).stderr).not.toContain('replaced');
  });

  it('is not known to a token that may not look', async () => {
    const token = await onVault(project, async (server) => {
      const policy = 'path "auth/token/lookup-self" { capabilities = ["read"] }';
      await done(server, 'PUT', 'sys/policies/acl/poor', { body: { policy } });
      const { body } = await done(server, 'POST', 'auth/token/create', { body: { policies: ['poor'] } });
      return String(body.auth?.client_token);
    });
    process.env.KAKEHASHI_SANDBOX_VAULT_TOKEN = token;
    const { code, stdout } = await kakehashi('plan', 'team');
    delete process.env.KAKEHASHI_SANDBOX_VAULT_TOKEN;
    expect(code).toBe(1);
    expect(stdout).toContain(
      'team-vault: the token may not read 4 of the 5 places that an apply writes, so that what is there already is not known: auth/approle/role/ci, sys/policies/acl/deploy, sys/policies/acl/team-regular-readonly and auth/token/roles/team-regular-readonly\n  help: add to a policy of the token: path "auth/approle/role/ci" { capabilities = ["read"] }, and such a rule for each of the other 3\n',
    );
  });
});
