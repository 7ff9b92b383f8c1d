import type { Architecture } from '../../nodes/architecture';

/** Where Ubuntu's images have their root disk; also in templates that change its size. */
export const UBUNTU_ROOT_DEVICE = '/dev/sda1';

/** The public parameter that holds the id of Canonical's newest image of Ubuntu 24.04 (documentation.ubuntu.com/aws, "Find Ubuntu images"). */
export function ubuntuParameter(architecture: Architecture): string {
  const name = architecture === 'arm64' ? 'arm64' : 'amd64';
  return `/aws/service/canonical/ubuntu/server/24.04/stable/current/${name}/hvm/ebs-gp3/ami-id`;
}
