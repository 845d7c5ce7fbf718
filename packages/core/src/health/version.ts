import packageFile from '../../package.json' with { type: 'json' }

/** All packages carry the version of the product. */
export const VERSION: string = packageFile.version
