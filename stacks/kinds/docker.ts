import { TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import type { RegistryLogin } from '../../catalog/kinds/docker/registry';
import type { DockerSettings } from '../../catalog/kinds/docker/settings';
import { ContainerHost, type ContainerHostProps } from '../../constructs/docker/container-host';
import type { DockerHost } from '../../model/docker/docker-host';
import { CatalogStack, type CatalogStackProps } from '../catalog-stack';
import { literal } from '../literal';

export interface DockerHostStackProps extends CatalogStackProps {
  readonly docker: DockerSettings;
  readonly host: DockerHost;
  /** The login to a registry. @default - none */
  readonly registry?: RegistryLogin;
}

/** A stack on one Docker host: its backend and its provider. */
export class DockerHostStack extends CatalogStack {
  constructor(scope: Construct, id: string, props: DockerHostStackProps) {
    super(scope, id, props);
    const { docker, environment, host, registry } = props;
    const { provider } = new ContainerHost(this, 'Host', {
      host,
      // Relative to the folder of the stack, in which Terraform runs: no path of this machine is in the JSON.
      ...(host.kind === 'ssh' ? { sshConfig: `../../../out/${environment}/ssh/config` } : {}),
      ...(registry === undefined ? {} : { registry: this.registryLogin(registry) }),
    });
    const version = `terraform.required_providers.${provider.terraformResourceType}.version`;
    this.addOverride(version, docker.version);
  }

  /** By a variable, which the driver gives to each plan. */
  private registryLogin({ address }: RegistryLogin): ContainerHostProps['registry'] {
    new TerraformVariable(this, 'registry_auth', {
      type: 'object({ user = string, password = string })',
      sensitive: true,
      description: 'The login to the registry of the image',
    });
    const part = (name: string) => `\${var.registry_auth.${name}}`;
    return { address: literal(address), user: part('user'), password: part('password') };
  }
}
