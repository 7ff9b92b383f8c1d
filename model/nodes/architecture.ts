/** The instruction set of a node's processor. */
export type Architecture = 'x86_64' | 'arm64';
