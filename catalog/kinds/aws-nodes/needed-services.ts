import { ENDPOINTS, type Endpoint } from '../../../model/clouds/aws/endpoints';
import { OFFICIAL_REGISTRY } from '../../../model/nodes/container-image';
import type { GroupDraft } from './read';

/** What a group needs where its network has no way to the Internet. */
export interface Needed {
  /** Services of AWS, by the words of `create.endpoints`, with what needs each. */
  readonly services: readonly { readonly name: Endpoint; readonly for: string }[];
  /** What no endpoint brings: what is wrong, and how to have it. */
  readonly others: readonly { readonly message: string; readonly fix: string }[];
}

/** A registry of ECR, by its host. */
const ECR = /^[0-9]{12}\.dkr\.ecr\./;

/** What the features need that the group uses. A proxy of the site brings packages and images, and no services of AWS. */
export function neededOf({ draft, software }: GroupDraft): Needed {
  const container = software?.container;
  const host = container === undefined ? undefined : registryHost(container.image);
  const isPublic = host === undefined || (host === OFFICIAL_REGISTRY && draft.registry?.host === undefined);
  const isEcr = host !== undefined && ECR.test(host);
  const secrets = [
    ...(container?.registry === undefined ? [] : ['the login at the registry']),
    ...Object.keys(container?.secretEnvironment ?? {}).map((name) => `${name} of params.e`),
  ];
  const wanted: readonly (readonly [Endpoint, string | undefined])[] = [
    ['autoscaling', draft.kind === 'elastic' ? 'the end of an idle node' : undefined],
    ['secretsmanager', secrets[0]],
    ['s3', container?.bundle ? 'registry.bundle' : isEcr ? 'an image of ECR' : undefined],
    ['ecr', isEcr && container?.bundle === undefined ? 'an image of ECR' : undefined],
    ['ssm', draft.ssm ? 'ssm: true' : undefined],
  ];
  const services = ENDPOINTS.flatMap((name) => {
    const reason = wanted.find(([service, why]) => service === name && why !== undefined)?.[1];
    return reason === undefined ? [] : [{ name, for: reason }];
  });
  if (container === undefined || software?.proxy !== undefined) return { services, others: [] };
  const others = [
    ...(isPublic && container.bundle === undefined
      ? [
          {
            message: `the base container comes from ${host ?? 'Docker Hub'}`,
            fix: 'write registry.host of a registry that the site has, or registry.bundle',
          },
        ]
      : []),
    ...(draft.cloudImage === 'default'
      ? [
          {
            message: 'Docker is installed from the Internet',
            fix: 'write cloud_image of an image that has Docker, or proxy',
          },
        ]
      : []),
  ];
  return { services, others };
}

/** The host in an image's name; undefined where Docker takes Docker Hub. */
function registryHost(image: string): string | undefined {
  const [first = '', ...rest] = image.split('/');
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : undefined;
}
