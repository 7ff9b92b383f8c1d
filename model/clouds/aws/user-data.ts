/** How many bytes of user data an instance takes, before Base64 (EC2 user guide, "Run commands on your EC2 instance at launch"). */
export const MOST_USER_DATA_BYTES = 16_384;
