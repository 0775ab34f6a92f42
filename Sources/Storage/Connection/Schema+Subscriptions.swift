extension Schema {
  /// Version 12: subscriptions to feeds in folders, the entries of feeds, stories that came
  /// through several sources, and stories that the full-text indexes do not have yet.
  static let subscriptions = """
    CREATE TABLE folders(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      parent INTEGER REFERENCES folders(id) ON DELETE CASCADE,
      name TEXT NOT NULL, position INTEGER NOT NULL, attributes TEXT NOT NULL DEFAULT '[]'
    ) STRICT;
    CREATE INDEX folders_parent ON folders(parent, position);

    -- A subscription that was ended keeps its row with the moment in `removed`: it can be taken back,
    -- and its entries stay known.
    CREATE TABLE subscriptions(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      address TEXT NOT NULL UNIQUE,
      source INTEGER NOT NULL UNIQUE REFERENCES sources(id),
      title TEXT, own_title TEXT, home TEXT, language TEXT,
      state TEXT NOT NULL DEFAULT 'active', added INTEGER NOT NULL, removed INTEGER,
      interval INTEGER, full_text TEXT, updates_unread INTEGER NOT NULL DEFAULT 0,
      keep_days INTEGER, agent TEXT, proxy TEXT, secret TEXT,
      etag BLOB, modified BLOB, fetched INTEGER, changed INTEGER, due INTEGER NOT NULL,
      ttl INTEGER, max_age INTEGER, gap INTEGER,
      failures INTEGER NOT NULL DEFAULT 0, failing_since INTEGER, error TEXT, error_words TEXT,
      moved_to TEXT, moved_count INTEGER NOT NULL DEFAULT 0, moved_since INTEGER, moved_from TEXT,
      validated TEXT
    ) STRICT;
    CREATE INDEX subscriptions_due ON subscriptions(due)
      WHERE state = 'active' AND removed IS NULL;

    -- A feed may stand in several folders, and at the top (NULL) too.
    CREATE TABLE folder_members(
      id INTEGER PRIMARY KEY,
      folder INTEGER REFERENCES folders(id) ON DELETE CASCADE,
      subscription INTEGER NOT NULL REFERENCES subscriptions(id) ON DELETE CASCADE,
      position INTEGER NOT NULL, attributes TEXT NOT NULL DEFAULT '[]'
    ) STRICT;
    CREATE UNIQUE INDEX folder_members_once
      ON folder_members(subscription, coalesce(folder, 0));
    CREATE INDEX folder_members_folder ON folder_members(folder, position);

    -- Hashes of 64 bits. A story that was purged leaves its entry, so that it does not come back.
    CREATE TABLE entries(
      id INTEGER PRIMARY KEY,
      subscription INTEGER NOT NULL REFERENCES subscriptions(id) ON DELETE CASCADE,
      key INTEGER NOT NULL, earlier INTEGER, bare INTEGER, link INTEGER, title INTEGER NOT NULL,
      content INTEGER, raw INTEGER NOT NULL, told INTEGER NOT NULL,
      story INTEGER REFERENCES stories(id) ON DELETE SET NULL,
      first_seen INTEGER NOT NULL, gone INTEGER, is_cut INTEGER NOT NULL DEFAULT 0,
      comments_page TEXT, comments_feed TEXT, comment_count INTEGER
    ) STRICT;
    CREATE INDEX entries_key ON entries(subscription, key);
    CREATE INDEX entries_earlier ON entries(subscription, earlier) WHERE earlier IS NOT NULL;
    CREATE INDEX entries_listed ON entries(subscription) WHERE gone IS NULL;
    CREATE INDEX entries_story ON entries(story) WHERE story IS NOT NULL;

    CREATE TABLE enclosures(
      story INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
      position INTEGER NOT NULL, address TEXT NOT NULL, type TEXT, length INTEGER, title TEXT,
      duration INTEGER, PRIMARY KEY(story, position)
    ) STRICT, WITHOUT ROWID;

    -- Never that of stories.source itself.
    CREATE TABLE other_sources(
      story INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
      source INTEGER NOT NULL REFERENCES sources(id), PRIMARY KEY(story, source)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX other_sources_source ON other_sources(source, story);

    CREATE TABLE hosts(
      host TEXT PRIMARY KEY, not_before INTEGER NOT NULL, failures INTEGER NOT NULL DEFAULT 0,
      reason TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE leases(
      name TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL,
      done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    """ + otherSourceCounting + deferredIndexing

  /// A story counts in each of its sources.
  private static let otherSourceCounting = """

    CREATE TRIGGER other_sources_added AFTER INSERT ON other_sources BEGIN
      UPDATE sources SET
        total = total + (SELECT deleted IS NULL FROM readings WHERE story = NEW.story),
        unread = unread
          + (SELECT deleted IS NULL AND is_read = 0 FROM readings WHERE story = NEW.story)
        WHERE id = NEW.source;
    END;
    CREATE TRIGGER other_sources_removed AFTER DELETE ON other_sources BEGIN
      UPDATE sources SET
        total = total - (SELECT deleted IS NULL FROM readings WHERE story = OLD.story),
        unread = unread
          - (SELECT deleted IS NULL AND is_read = 0 FROM readings WHERE story = OLD.story)
        WHERE id = OLD.source;
    END;
    DROP TRIGGER names_changed;
    CREATE TRIGGER names_changed AFTER UPDATE OF is_read, deleted ON readings
      WHEN (OLD.is_read <> NEW.is_read OR (OLD.deleted IS NULL) <> (NEW.deleted IS NULL))
        AND (SELECT is_bulk FROM counts) = 0 BEGIN
      UPDATE sources SET total = total + (NEW.deleted IS NULL) - (OLD.deleted IS NULL),
        unread = unread + (NEW.deleted IS NULL AND NEW.is_read = 0)
          - (OLD.deleted IS NULL AND OLD.is_read = 0)
        WHERE id IN (SELECT source FROM stories WHERE stories.id = NEW.story
          UNION ALL SELECT source FROM other_sources WHERE story = NEW.story);
      UPDATE tag_counts SET total = total + (NEW.deleted IS NULL) - (OLD.deleted IS NULL),
        unread = unread + (NEW.deleted IS NULL AND NEW.is_read = 0)
          - (OLD.deleted IS NULL AND OLD.is_read = 0)
        WHERE name IN (SELECT tag FROM tags WHERE story = NEW.story);
    END;
    -- A story that moves to one of its other sources leaves it as such.
    CREATE TRIGGER sources_moved AFTER UPDATE OF source ON stories
      WHEN OLD.source IS NOT NEW.source BEGIN
      DELETE FROM other_sources WHERE story = NEW.id AND source = NEW.source;
    END;
    DROP TRIGGER stories_leaving;
    CREATE TRIGGER stories_leaving BEFORE DELETE ON stories BEGIN
      DELETE FROM tags WHERE story = OLD.id;
      DELETE FROM other_sources WHERE story = OLD.id;
      DELETE FROM readings WHERE story = OLD.id;
      UPDATE sites SET total = total - 1 WHERE name = OLD.host;
    END;
    """

  /// The view has the stories that are in the index, or an integrity check would miss the others
  /// there.
  private static let deferredIndexing = """

    CREATE TABLE unindexed(
      story INTEGER PRIMARY KEY REFERENCES stories(id) ON DELETE CASCADE, sorted INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX unindexed_sorted ON unindexed(sorted);
    DROP VIEW story_texts;
    CREATE VIEW story_texts AS
      SELECT stories.id AS id, stories.title AS title, bodies.text AS body,
        (SELECT group_concat(line, char(10)) FROM (
          SELECT caption || ' ' || coalesce(credit, '') AS line FROM figures
          WHERE figures.story = stories.id ORDER BY position)) AS captions,
        (SELECT group_concat(line, char(10)) FROM (
          SELECT line FROM (
            SELECT 0 AS own, discussion, position, author || char(10) || text AS line
            FROM discussions JOIN comments ON discussion = discussions.id
            WHERE discussions.story = stories.id
            UNION ALL
            SELECT 1, 0, id, author || char(10) || text FROM own_comments
            WHERE own_comments.story = stories.id AND is_shown = 1)
          ORDER BY own, discussion, position)) AS comments
      FROM stories JOIN bodies ON bodies.story = stories.id
      WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE unindexed.story = stories.id);
    """
}
