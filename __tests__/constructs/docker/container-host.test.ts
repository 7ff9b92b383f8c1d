import '../../../stacks/fast-tokens';
import { TerraformStack, Testing } from 'cdktf';
import { ContainerHost, type ContainerHostProps } from '../../../constructs/docker/container-host';

const LOGIN = { user: 'root', address: '10.0.2.31', port: 20022 };

function provider(props: ContainerHostProps): unknown {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new ContainerHost(stack, 'Host', props);
  return JSON.parse(Testing.synth(stack, true)).provider.docker;
}

it('reaches a host over SSH with a configuration of its own', () => {
  expect(provider({ host: { kind: 'ssh', login: LOGIN }, sshConfig: '../ssh/config' })).toEqual([
    { host: 'ssh://root@10.0.2.31:20022', ssh_opts: ['-F', '../ssh/config'] },
  ]);
});

it("reaches one with the user's own configuration", () => {
  expect(provider({ host: { kind: 'ssh', login: LOGIN } })).toEqual([{ host: 'ssh://root@10.0.2.31:20022' }]);
});

it("reaches this machine's engine by its socket, where SSH has nothing to say", () => {
  expect(
    provider({ host: { kind: 'socket', path: '/var/run/docker.sock' }, sshConfig: '../ssh/config' }),
  ).toEqual([{ host: 'unix:///var/run/docker.sock' }]);
});

it('logs in to a registry', () => {
  const registry = { address: 'harbor.example.org', user: '${var.user}', password: '${var.password}' };
  expect(provider({ host: { kind: 'ssh', login: LOGIN }, registry })).toEqual([
    {
      host: 'ssh://root@10.0.2.31:20022',
      registry_auth: [
        { address: 'harbor.example.org', username: '${var.user}', password: '${var.password}' },
      ],
    },
  ]);
});
