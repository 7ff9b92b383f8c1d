import { DataAwsAmi } from '@cdktf/provider-aws/lib/data-aws-ami';
import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import type { Construct } from 'constructs';
import { UBUNTU_ROOT_DEVICE, ubuntuParameter } from '../../model/clouds/aws/images';
import type { Architecture } from '../../model/nodes/architecture';
import { checkId } from './names';

/** An image as its resources need it. */
export interface FoundImage {
  readonly imageId: string;
  /** Whether it is the newest one at the time of a plan, so that nodes that are there keep theirs. */
  readonly isNewest: boolean;
}

interface ImageById {
  readonly by: 'id';
  readonly id: string;
}

interface ImageByParameter {
  readonly by: 'parameter';
  readonly name: string;
  readonly rootDevice?: string;
}

interface ImageByName {
  readonly by: 'name';
  readonly pattern: string;
  readonly owner: string;
}

/** The image that a node starts from. */
export class NodeImage {
  /** Canonical's newest Ubuntu 24.04. */
  static ubuntu(architecture: Architecture): NodeImage {
    return new NodeImage({
      by: 'parameter',
      name: ubuntuParameter(architecture),
      rootDevice: UBUNTU_ROOT_DEVICE,
    });
  }

  /** One image, for ever. */
  static fromId(id: string): NodeImage {
    return new NodeImage({ by: 'id', id });
  }

  /** The image whose id a parameter of Systems Manager holds. */
  static fromParameter(name: string): NodeImage {
    return new NodeImage({ by: 'parameter', name });
  }

  /**
   * The newest image with such a name.
   *
   * @param pattern - `*` stands for any characters
   * @param owner - an account's id, `amazon`, `self`
   */
  static newestNamed(pattern: string, owner: string): NodeImage {
    return new NodeImage({ by: 'name', pattern, owner });
  }

  private constructor(private readonly source: ImageById | ImageByParameter | ImageByName) {}

  /** Looks the image up. @throws {@link PropsError} for an id that is none */
  find(construct: Construct): FoundImage {
    const { source } = this;
    if (source.by === 'id') {
      checkId(construct, 'image', 'ami', source.id);
      return { imageId: source.id, isNewest: false };
    }
    if (source.by === 'parameter') {
      const parameter = new DataAwsSsmParameter(construct, 'Image', { name: source.name });
      // The id is public; `value` would hide it from plans.
      return { imageId: parameter.insecureValue, isNewest: true };
    }
    return { imageId: this.named(construct, source).id, isNewest: true };
  }

  /** The same with the name of its root disk, which a launch template must know to change the disk. */
  findWithRoot(construct: Construct): FoundImage & { readonly rootDevice: string } {
    const { source } = this;
    if (source.by === 'name') {
      const image = this.named(construct, source);
      return { imageId: image.id, isNewest: true, rootDevice: image.rootDeviceName };
    }
    const found = this.find(construct);
    if (source.by === 'parameter' && source.rootDevice !== undefined)
      return { ...found, rootDevice: source.rootDevice };
    const root = new DataAwsAmi(construct, 'Root', {
      filter: [{ name: 'image-id', values: [found.imageId] }],
    });
    return { ...found, rootDevice: root.rootDeviceName };
  }

  private named(construct: Construct, { pattern, owner }: ImageByName): DataAwsAmi {
    return new DataAwsAmi(construct, 'Image', {
      mostRecent: true,
      owners: [owner],
      filter: [
        { name: 'name', values: [pattern] },
        { name: 'state', values: ['available'] },
      ],
    });
  }
}
