import type { Format } from '../shape/shape';
import { pattern } from '../shape/shapes';

/** What the controllers' providers take is wider than what their clouds make: the rest is a warning. */
function usually(format: Format<string>, expected: string, usual: RegExp): Format<string> {
  return { ...format, usual: { expected, pattern: usual } };
}

/** A project's id, also one of an organisation's domain: `example.com:nodes` (Google's documentation, "Creating projects"). */
export const GOOGLE_PROJECT = usually(
  pattern('a project id without blanks', '^[^\\s]+$', 'project-1'),
  'a project id of 6 to 30 small letters, digits and -',
  /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
);

/** Google's documentation, "Regions and zones". */
export const GOOGLE_REGION = pattern(
  'a region of Google Cloud like asia-northeast1',
  '^[a-z]+-[a-z]+[0-9]+$',
  'asia-northeast1',
);
export const GOOGLE_ZONE = pattern(
  'a zone of Google Cloud like asia-northeast1-a',
  '^[a-z]+-[a-z]+[0-9]+-[a-z]$',
  'asia-northeast1-a',
);

/** A resource's name (RFC 1035), or its path with the project and the region. */
export const GOOGLE_SUBNETWORK = pattern(
  "a subnetwork's name, or its path projects/…/regions/…/subnetworks/…",
  '^([a-z]([a-z0-9-]{0,61}[a-z0-9])?|(https://[^\\s/]+/compute/[^\\s/]+/)?projects/[^\\s/]+/regions/[^\\s/]+/subnetworks/[^\\s/]+)$',
  'nodes',
);

/** Oracle's documentation, "Regions and Availability Domains". */
export const ORACLE_REGION = usually(
  pattern('a region identifier without blanks', '^[^\\s]+$', 'ap-tokyo-1'),
  'a region identifier like ap-tokyo-1',
  /^[a-z]{2}(-[a-z]+)+-[0-9]+$/,
);

/** Its first part is the tenancy's own: `mkro:AP-TOKYO-1-AD-1`. */
export const ORACLE_DOMAIN = usually(
  pattern('the name of an availability domain without blanks', '^[^\\s]+$', 'mkro:AP-TOKYO-1-AD-1'),
  'the name of an availability domain like mkro:AP-TOKYO-1-AD-1',
  /^[^:\s]+:[A-Z0-9-]+-AD-[0-9]$/,
);

/** The zones of `README_sakuracloud.md`, and those that the cloud has added since. */
export const SAKURA_ZONE = usually(
  pattern('a zone of the Sakura cloud like tk1a', '^[a-z]{2}[0-9][a-z]$', 'is1a'),
  'is1a, is1b, is1c, tk1a, tk1b or tk1v',
  /^(is1[abc]|tk1[abv])$/,
);

export const HOST = pattern(
  'a host name or an address, without https:// and without a path',
  '^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?$',
  'vcenter.example.org',
);

/** Proxmox's interface has one path (Proxmox VE API). */
export const PROXMOX_URL = usually(
  pattern(
    'a URL of http or https without user and password',
    '^https?://[^\\s/?#@]+([/?#][^\\s]*)?$',
    'https://pve.example.org:8006/api2/json',
  ),
  'a URL that ends in /api2/json',
  /\/api2\/json\/?$/,
);

export const FLAG_TEXT = pattern("'true' or 'false'", '^([Tt]rue|TRUE|[Ff]alse|FALSE)$', 'true');

export const COUNT_TEXT = pattern('a whole number from 1 on', '^[1-9][0-9]{0,5}$', '2');
