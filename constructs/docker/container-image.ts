import { Image } from '@cdktf/provider-docker/lib/image';
import { Construct, type IConstruct } from 'constructs';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';

/** An image of a Docker host. */
export interface IContainerImage extends IConstruct {
  /** `sha256:` and 64 hexadecimal digits; it depends on the image. */
  readonly imageId: string;
}

export interface ContainerImageProps {
  /** Repository and digest: `harbor.example.org/vcp/base@sha256:…`. A change pulls the other image. */
  readonly reference: string;
}

/**
 * An image that the host pulls from a registry.
 *
 * It is named by its digest: a tag that somebody moves to another image is a change that the provider does not see. It stays on the host
 * when it is destroyed, because the provider would remove its tag also where other containers use it.
 *
 * @throws {@link PropsError} for a reference without digest
 */
export class ContainerImage extends Construct implements IContainerImage {
  /** An image that is on the host already, for instance loaded from a file. @param imageId - as `docker image inspect` prints it */
  static fromImageId(scope: Construct, id: string, imageId: string): IContainerImage {
    return new LoadedImage(scope, id, imageId);
  }

  readonly image: Image;
  readonly imageId: string;

  constructor(scope: Construct, id: string, { reference }: ContainerImageProps) {
    super(scope, id);
    checkCore(this);
    if (isKnown(reference) && !/@sha256:[0-9a-f]{64}$/.test(reference))
      refuse(this, `reference: must end with @sha256:… and 64 hexadecimal digits, got "${reference}"`);
    this.image = new Image(this, 'Resource', { name: reference, keepLocally: true });
    this.imageId = this.image.imageId;
  }
}

class LoadedImage extends Construct implements IContainerImage {
  constructor(
    scope: Construct,
    id: string,
    readonly imageId: string,
  ) {
    super(scope, id);
    checkCore(this);
    if (isKnown(imageId) && !/^sha256:[0-9a-f]{64}$/.test(imageId))
      refuse(this, `imageId: must be sha256: and 64 hexadecimal digits, got "${imageId}"`);
  }
}
