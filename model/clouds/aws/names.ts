/** The longest name that others are made of: it must fit into a log group's, a role's and a security group's. */
export const LONGEST_NAME = 50;

/** How many tags a resource may have (EC2 user guide, "Tag restrictions"). */
export const MOST_TAGS = 50;
