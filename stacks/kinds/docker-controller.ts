import { TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { complete } from '../../catalog/ground/complete';
import type { Controller, ControllerContainer } from '../../catalog/kinds/docker-controller/controller';
import { ContainerImage, type IContainerImage } from '../../constructs/docker/container-image';
import { PortableController } from '../../constructs/docker/controller';
import type { VersionedSecrets } from '../../constructs/docker/controller-props';
import { secretsFile } from '../../model/docker/controller-files';
import { parseDockerHost } from '../../model/docker/docker-host';
import { literal } from '../literal';
import { DockerHostStack, type DockerHostStackProps } from './docker';
import type { StackBuilder } from './kind';

export interface DockerControllerStackProps extends DockerHostStackProps {
  readonly controller: Controller;
}

/** The controller on its host. */
export class DockerControllerStack extends DockerHostStack {
  constructor(scope: Construct, id: string, props: DockerControllerStackProps) {
    super(scope, id, props);
    const { controller, environment } = props;
    const { privateIpmask, bind, ports, certificate, timeZone, stopGraceSeconds, occtr, jupyter } =
      controller;
    this.variable(
      'certificate',
      'object({ fingerprint = string, end = string })',
      'The certificate on the host: a text that only it has, and when it ends',
    );
    const folders = this.folders(controller);
    const hasSecrets = [occtr, jupyter].some(
      (one) => one !== undefined && Object.keys(one.secrets).length > 0,
    );
    if (hasSecrets)
      this.variable('secrets_version', 'string', 'Another text for other values of the secrets');
    const secrets = (container: ControllerContainer): { readonly secrets?: VersionedSecrets } =>
      Object.keys(container.secrets).length === 0
        ? {}
        : {
            secrets: {
              file: secretsFile(folders.cert, container.name),
              start: container.start.map(literal),
              version: '${var.secrets_version}',
            },
          };
    new PortableController(this, 'Controller', {
      name: occtr.name,
      image: this.image('Image', occtr),
      privateIpmask: `${privateIpmask.address}/${privateIpmask.prefix}`,
      bind,
      ports,
      folders,
      certificateFingerprint: '${var.certificate.fingerprint}',
      environment: texts(occtr.environment),
      ...secrets(occtr),
      timeZone,
      stopSeconds: stopGraceSeconds,
      ...(jupyter === undefined
        ? {}
        : {
            notebook: {
              name: jupyter.name,
              image: this.image('Notebook_Image', jupyter),
              environment: texts(jupyter.environment),
              ...secrets(jupyter),
              hasAuthority: certificate.mode === 'private-ca' || certificate.ca !== undefined,
            },
          }),
      labels: { 'kakehashi:controller': environment },
    });
    this.output('controller', {
      urls: {
        api: url(privateIpmask.address, ports.api, 443),
        vault: url(privateIpmask.address, ports.vault),
        grafana: `http://${privateIpmask.address}:${ports.grafana}/grafana/`,
      },
      certificate_end: '${var.certificate.end}',
      folders,
      containers: { occtr: occtr.name, ...(jupyter === undefined ? {} : { jupyter: jupyter.name }) },
    });
  }

  private variable(name: string, type: string, description: string): void {
    new TerraformVariable(this, name, { type, description });
  }

  private image(id: string, { image }: ControllerContainer): IContainerImage {
    return new ContainerImage(this, id, { reference: image.reference });
  }

  /** Those of the host: a relative one is in the project's folder, of which no path stands in the JSON. */
  private folders({ folders: { data, config, cert } }: Controller): Controller['folders'] {
    const given = { data, config, cert };
    if (Object.values(given).some((folder) => !folder.startsWith('/')))
      this.variable('project_folder', 'string', 'The folder that relative paths begin at');
    const onHost = (folder: string) => (folder.startsWith('/') ? folder : `\${var.project_folder}/${folder}`);
    return { data: onHost(data), config: onHost(config), cert: onHost(cert) };
  }
}

function url(address: string, port: number, usual?: number): string {
  return `https://${address}${port === usual ? '' : `:${port}`}`;
}

function texts(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, literal(value)]));
}

/** Builds the controller of the catalog. */
export const buildDockerController: StackBuilder<'docker-controller'> = (app, stack, { catalog }, props) => {
  const { settings: docker, controller } = complete(catalog.kinds['docker-controller']);
  const common = { ...props, docker };
  if (stack.gone || controller === undefined) {
    const { host, jump } = stack.place;
    new DockerHostStack(app, stack.id, { ...common, host: parseDockerHost(host, jump) });
    return;
  }
  const { registry } = controller.occtr.image;
  new DockerControllerStack(app, stack.id, {
    ...common,
    host: controller.host,
    controller,
    ...(registry === undefined ? {} : { registry }),
  });
};
