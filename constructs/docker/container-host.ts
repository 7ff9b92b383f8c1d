import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { Construct } from 'constructs';
import { type DockerHost, dockerHostUrl } from '../../model/docker/docker-host';
import { checkCore } from '../core';

export interface ContainerHostProps {
  readonly host: DockerHost;
  /** OpenSSH's configuration file, with the jump hosts and the known host keys. May be a token. @default - the user's own */
  readonly sshConfig?: string;
  /** The login to a registry. Its values may be tokens, and should be: they stand in the synthesized JSON. @default - none */
  readonly registry?: RegistryLogin;
}

export interface RegistryLogin {
  /** `harbor.example.org`. */
  readonly address: string;
  readonly user: string;
  readonly password: string;
}

/**
 * An existing Docker host: the provider of all Docker resources of its stack.
 *
 * A stack has one: the provider asks its host as soon as it is configured, so that a dead host would fail the plan of
 * all the others in the same state. Host keys are always checked: the provider has no option against it, and the
 * configuration file should have none either.
 */
export class ContainerHost extends Construct {
  readonly provider: DockerProvider;

  constructor(scope: Construct, id: string, { host, sshConfig, registry }: ContainerHostProps) {
    super(scope, id);
    checkCore(this);
    this.provider = new DockerProvider(this, 'docker', {
      host: dockerHostUrl(host),
      sshOpts: host.kind === 'ssh' && sshConfig !== undefined ? ['-F', sshConfig] : undefined,
      registryAuth:
        registry === undefined
          ? undefined
          : [{ address: registry.address, username: registry.user, password: registry.password }],
    });
  }
}
