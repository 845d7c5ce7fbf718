/** Sentences that clients of the review platform read: they may not change. */
export const FROM_CACHE = 'Results retrieved from cache'
export const FROM_DATABASE = 'Results retrieved from database'
export const MOVIE_CREATED = 'Movie created successfully'
export const MOVIE_UPDATED = 'Movie updated successfully'
export const MOVIE_DELETED = 'Movie deleted successfully'
export const CACHE_CLEARED = 'Cache cleared successfully'
