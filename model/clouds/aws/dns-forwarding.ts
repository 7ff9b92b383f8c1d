/** How many resolvers are asked about a domain (AWS General Reference, "Amazon Route 53 endpoints and quotas", as the next three). */
export const MOST_RESOLVERS = 6;

/** How many domains are forwarded in a region, unless the quota is raised. */
export const MOST_FORWARDED_DOMAINS = 1000;

/** How many endpoints AWS's resolver has in a region, unless the quota is raised. */
export const ENDPOINTS_IN_REGION = 4;

/** How many network interfaces an endpoint has at most, unless the quota is raised. */
export const MOST_INTERFACES = 6;

/** How many network interfaces an endpoint has at least (`RSLVR-00400`). */
export const RESOLVER_INTERFACES = 2;

/** A domain whose names are forwarded: in small letters, in which AWS keeps it; `.` stands for all names. */
export const FORWARDED_DOMAIN =
  '^(\\.|(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*)$';
