import type { Reply } from './variation.ts';

export const headerOf = ({ headers }: Reply, wanted: string): string | undefined =>
  headers.find(([name]) => name === wanted)?.[1];
