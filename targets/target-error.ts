/** A target that cannot be started or read. The first line says what failed, why, and what to do; output may follow. */
export class TargetError extends Error {
  override name = 'TargetError';

  constructor(target: string, message: string, options?: ErrorOptions) {
    super(`target ${target}: ${message}`, options);
  }
}
