export const CODE_HOSTS = ['github', 'gitlab'] as const;

export type CodeHostName = (typeof CODE_HOSTS)[number];
