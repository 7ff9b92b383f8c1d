import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/catalog-folder';
import { describeWith } from '../support/programs';
import { type Finished, Project } from '../support/project';

jest.setTimeout(240_000);

const CONTROLLER = (more = '') => `controller:
  host: ssh://ubuntu@10.0.2.15
  version: 23.04.0
  images: { occtr: 'sha256:${'a'.repeat(64)}' }
${more}`;

const GROUP = `node_groups:
  web: { network: onpremises/default, hosts: { c: { address: 10.0.2.33 } }, image: 'example.org/web@sha256:${'b'.repeat(64)}' }
`;

const catalog = (...parts: readonly string[]): string => `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }
onpremises:
  default: { private_network_ipmask: 10.0.2.0/24 }
${parts.join('')}`;

describeWith('terraform', 'a controller in the sandbox, and what the driver does beside Terraform', () => {
  const project = new Project({}, temporaryFolder());
  const run = async (...args: string[]) => {
    const { code, stdout, stderr }: Finished = await project.kakehashi(...args, '--sandbox');
    return { code, said: `${stdout} ${stderr}`.replace(/\s+/g, ' ') };
  };
  const write = (text: string, name = 'dev') => project.write(`catalog/${name}.yml`, text);

  it('is applied with what is left to be done, and without a file, a key or a question to its host', async () => {
    write(catalog(CONTROLLER(), GROUP));
    const plan = await run('plan', 'dev');
    expect(plan.said).toContain('its certificate is not made, and its host is not asked: simulated');
    const { code, said } = await run('apply', 'dev', '--yes');
    expect(said).toContain('to do on ssh://ubuntu@10.0.2.15:22: 1. docker exec dev-controller ./init.sh');
    expect(code).toBe(0);
    expect(project.has('sandbox.out/dev/state/controller')).toBe(false);
    expect(project.has('sandbox.out/dev/state/controller-ca.key')).toBe(false);
    expect(existsSync(join(project.folder, 'out'))).toBe(false);
    expect((await run('plan', 'dev')).code).toBe(0);
  });

  it('is replaced by another certificate, and initialized again', async () => {
    write(catalog(CONTROLLER('  certificate: { san: [vcc.example.org] }\n'), GROUP));
    const { said } = await run('plan', 'dev');
    expect(said).toContain(
      'controller dev-controller on ssh://ubuntu@10.0.2.15:22 is REPLACED because of a new certificate: REST API and Vault are away from its stop, which may take up to 60 s, until docker exec dev-controller ./init.sh has run there; its data stay in /home/ubuntu/dev-controller/volume',
    );
    // The configuration is the same, but not what the plan counts on.
    write(catalog(CONTROLLER('  certificate: { san: [vcc2.example.org] }\n'), GROUP));
    const applied = await run('apply', 'dev', '--yes', '--json');
    expect(applied.said).toContain(
      'dev-controller: its saved plan is not used: the catalog wants another certificate, or other secrets; planning anew',
    );
    expect(applied.said).toContain(
      '"others":[{"host":"ssh://ubuntu@10.0.2.15:22","steps":["docker exec dev-controller ./init.sh"]}]',
    );
  });

  it('stays while it has nodes, its own and those of another environment', async () => {
    const alone = await run('destroy', 'dev', '--yes', '--stack', 'dev-controller');
    expect(alone.code).toBe(1);
    expect(alone.said).toContain(
      'dev-controller: must stay, because it has nodes: web help: end them first: kakehashi destroy dev --stack dev-nodes-web-c',
    );
    write(catalog(GROUP));
    const left = await run('plan', 'dev');
    expect(left.said).toContain('dev-controller: must stay, because it has nodes: web');
    write(catalog(CONTROLLER()));
    write(catalog(GROUP.replace('10.0.2.33', '10.0.2.34')), 'staging');
    expect((await run('apply', 'staging', '--yes')).code).toBe(0);
    const all = await run('destroy', 'dev', '--yes');
    expect(all.said).toContain(
      'dev-controller: must stay, because it has nodes: web help: end them first: kakehashi destroy staging --stack staging-nodes-web-c',
    );
    expect((await run('destroy', 'staging', '--yes')).code).toBe(0);
  });

  it('leaves nothing when it is destroyed', async () => {
    write(catalog(CONTROLLER(), GROUP));
    const { code, said } = await run('destroy', 'dev', '--yes');
    expect(said).toContain('is DELETED: no REST API, no Vault and no liveness of nodes from then on');
    expect(code).toBe(0);
  });
});
