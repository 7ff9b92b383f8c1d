import { ValueError } from '../value-error';
import type { Architecture } from './architecture';

const HOST = /^(?:localhost|(?=[^/]*[.:])[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)(:[0-9]{1,5})?$/;
const REPOSITORY = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** VCP's own registry: `VCP_OFFICIAL_REGISTRY_ADDRESS` of the controller, where nobody sets it (docs/reference/vcp.md). */
export const OFFICIAL_REGISTRY = 'harbor.vcloud.nii.ac.jp';

/** VCP's rule for the tag of a base container: version, operating system, architecture, and perhaps a release. */
const BASE_TAG = /^[0-9][A-Za-z0-9.]*-[a-z][A-Za-z0-9.]*-(x86_64|aarch64|arm64|amd64)(-[A-Za-z0-9._-]+)?$/;

const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
  x86_64: 'x86_64',
  amd64: 'x86_64',
  arm64: 'arm64',
  aarch64: 'arm64',
};

/**
 * The reference of a container image: `harbor.example.org:5000/vcp/base:1.8.1-alpine3.13-x86_64@sha256:…`
 * (github.com/distribution/reference). A first part with a dot or a port is the registry's host; without one, Docker takes
 * Docker Hub.
 */
export class ContainerImage {
  private constructor(
    /** The registry, `harbor.example.org:5000`. */
    readonly host: string | undefined,
    /** The path in the registry, `vcp/base`. */
    readonly repository: string,
    readonly tag: string | undefined,
    /** `sha256:` and 64 hexadecimal digits. */
    readonly digest: string | undefined,
  ) {}

  /** @throws {@link ValueError} */
  static parse(text: string): ContainerImage {
    const [named = '', digest, ...more] = text.split('@');
    const [first = '', ...others] = named.split('/');
    const host = others.length > 0 && HOST.test(first) ? first : undefined;
    const path = host === undefined ? named : others.join('/');
    const [repository = '', tag, ...tags] = path.split(':');
    const right =
      more.length + tags.length === 0 &&
      repository.length <= 255 &&
      REPOSITORY.test(repository) &&
      (tag === undefined || TAG.test(tag)) &&
      (digest === undefined || DIGEST.test(digest));
    if (!right) {
      const fix = digest === undefined ? undefined : 'a digest is sha256: and 64 hexadecimal digits';
      throw new ValueError('a container image like vcp/base:1.8.1-alpine3.13-x86_64', text, { fix });
    }
    return new ContainerImage(host, repository, tag, digest);
  }

  /** The architecture that the tag of a VCP base container names, or undefined for other images. */
  get baseArchitecture(): Architecture | undefined {
    const [, named = ''] = /(^|\/)vcp\/base$/.test(this.repository)
      ? (BASE_TAG.exec(this.tag ?? '') ?? [])
      : [];
    return ARCHITECTURES[named];
  }

  /** The same image in this registry, unless it names one itself. @throws {@link ValueError} for a host that is none */
  inRegistry(host: string): ContainerImage {
    if (!/^[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?$/.test(host) || !HOST.test(host)) {
      throw new ValueError("a registry's host like harbor.example.org or localhost:5000", host);
    }
    return this.host === undefined ? new ContainerImage(host, this.repository, this.tag, this.digest) : this;
  }

  /**
   * The same image where it usually is: one of VCP's (`vcp/…`, `vcpjupyter/…`) that names no registry in VCP's own, because Docker
   * would take Docker Hub.
   */
  get inUsualRegistry(): ContainerImage {
    return /^vcp(jupyter)?\//.test(this.repository) ? this.inRegistry(OFFICIAL_REGISTRY) : this;
  }

  toString(): string {
    const host = this.host === undefined ? '' : `${this.host}/`;
    const tag = this.tag === undefined ? '' : `:${this.tag}`;
    return `${host}${this.repository}${tag}${this.digest === undefined ? '' : `@${this.digest}`}`;
  }

  toJSON(): string {
    return this.toString();
  }
}
