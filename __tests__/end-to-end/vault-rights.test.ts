import { spawn } from 'node:child_process';
import { compiledCli } from '../support/compiled';
import { freePort, untilAnswering } from '../support/ports';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';
import { done, type TestServer, tokenWith } from '../vault/servers';

jest.setTimeout(240_000);

/** All that an environment can make in its Vault, and keys that it keeps there. */
const LAB = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.20, asn: 65000 }
aws:
  default: { aws_region: us-west-2, private_network_ipmask: 172.24.2.0/24, create: { vpc_cidr: 172.24.0.0/16, egress: none } }
vault:
  address: https://10.0.2.15:8443
  mounts: { secret: { version: 1, create: {} }, build: { version: 2, description: first, create: {} } }
  policies: { deploy: { rules: [{ path: secret/aws/*, capabilities: [read] }], create: {} } }
  users: { rose: { role: regular, api: readonly, create: {} } }
  approles: { ci: { policies: [deploy], create: {} } }
  audits: { log: { type: file, options: { file_path: stdout }, create: {} } }
  preshared_keys: vault://secret/vpn
`;
const CHANGED = LAB.replace('description: first', 'description: second')
  .replace('secret/aws/*', 'secret/oci/*')
  .replace('policies: [deploy], create', 'policies: [deploy], token_ttl_seconds: 7200, create');

describeWith('terraform', 'the policy that doctor --for prints for Vault, in the sandbox', () => {
  /** A token with this policy alone in the Vault of a project's sandbox. */
  async function tokenOf(project: Project, policy: string): Promise<string> {
    const port = await freePort();
    const args = ['sandbox', 'vault', '--keep', '--listen', `127.0.0.1:${port}`, '--root-token', 'root'];
    const child = spawn(process.execPath, [compiledCli(), ...args], { cwd: project.folder, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('close', resolve));
    const server: TestServer = {
      address: `http://127.0.0.1:${port}`,
      rootToken: 'root',
      close: async () => undefined,
    };
    try {
      await untilAnswering(`${server.address}/v1/sys/health`);
      await done(server, 'PUT', 'sys/policies/acl/job', { body: { policy } });
      return (await tokenWith(server, ['job'])).token;
    } finally {
      child.kill('SIGINT');
      await ended;
    }
  }

  const runAs = (project: Project, token: string, ...args: string[]) =>
    project.run(process.execPath, [compiledCli(), ...args, 'lab', '--sandbox'], {
      KAKEHASHI_SANDBOX_VAULT_TOKEN: token,
    });

  async function policyFor(purpose: string): Promise<string> {
    const project = new Project({ 'catalog/lab.yml': LAB });
    const run = await runAs(project, '', 'doctor', '--for', purpose, '--no-check', '--json');
    expect(run.code).toBe(0);
    return (JSON.parse(run.stdout) as { readonly vault: string }).vault;
  }

  it('suffices to plan, build, change, look for drift and remove', async () => {
    const project = new Project({ 'catalog/lab.yml': LAB });
    const token = await tokenOf(project, await policyFor('apply'));
    const steps: (readonly [string, number, readonly string[]])[] = [];
    const step = async (...args: string[]) => {
      const { code, stdout, stderr } = await runAs(project, token, ...args);
      const refused = `${stdout}${stderr}`.match(/the token's policies refuse.*/g) ?? [];
      steps.push([args[0] ?? '', code ?? -1, refused]);
    };
    await step('plan');
    await step('apply', '--yes');
    // Reading only, with what a plan and drift need.
    for (const [purpose, code] of [
      ['plan', 0],
      ['drift', 0],
    ] as const) {
      const reader = await tokenOf(project, await policyFor(purpose));
      expect([purpose, (await runAs(project, reader, purpose)).code]).toEqual([purpose, code]);
    }
    project.write('catalog/lab.yml', CHANGED);
    await tokenOf(project, await policyFor('apply'));
    await step('apply', '--yes');
    await step('destroy', '--yes');
    expect(steps).toEqual([
      ['plan', 2, []],
      ['apply', 0, []],
      ['apply', 0, []],
      ['destroy', 0, []],
    ]);
  });

  it.each([
    ['sys/mounts/secret', 'update'],
    ['sys/mounts/auth/approle/tune', 'read'],
    ['sys/auth/approle', 'sudo'],
    ['auth/approle/role/ci/role-id', 'read'],
    ['secret/vpn/lab/aws/default/169.254.100.0', 'create'],
    ['auth/token/lookup-self', 'read'],
  ])('is needed: %s without %s', async (path, capability) => {
    const policy = await policyFor('apply');
    const [rule = ''] = new RegExp(`path "${path}" \\{[^}]*\\}`).exec(policy) ?? [];
    const less = policy.replace(
      rule,
      rule.replace(`"${capability}"`, '"list"').replace(/"sudo", "list"|"list", "sudo"/, '"list"'),
    );
    expect(less).not.toBe(policy);
    const project = new Project({ 'catalog/lab.yml': LAB });
    const token = await tokenOf(
      project,
      `${less}\npath "sys/capabilities-self" { capabilities = ["update"] }`,
    );
    const asked = await runAs(project, token, 'doctor', '--for', 'apply', '--json');
    const { checks = [] } = JSON.parse(asked.stdout) as {
      readonly checks?: readonly { readonly subject: string; readonly missing: readonly object[] }[];
    };
    expect(checks.find(({ subject }) => subject === 'Vault')?.missing).toEqual([
      { right: capability, on: path },
    ]);
    expect(asked.code).toBe(1);
    expect((await runAs(project, token, 'apply', '--yes')).code).toBe(1);
  });
});
