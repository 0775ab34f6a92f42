extension Schema {
  /// Version 2: lists in any order, names with their counts, deletion that can be taken back, and
  /// what the reader did, kept so that it can be undone.
  static let lists = """
    -- When the reader took the story out of the library; it stays until it is purged.
    ALTER TABLE readings ADD COLUMN deleted INTEGER;
    -- How many comments there were when the story was last open.
    ALTER TABLE readings ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
    UPDATE readings SET seen = (SELECT comments FROM stories WHERE id = story)
      WHERE opened IS NOT NULL;
    ALTER TABLE stories ADD COLUMN host TEXT NOT NULL DEFAULT '';
    UPDATE stories SET host = coalesce((
      SELECT substr(address, 1, instr(address || '/', '/') - 1) FROM identities
      WHERE story = id), '');

    DROP INDEX readings_all;
    DROP INDEX readings_unread;
    DROP INDEX readings_starred;
    CREATE INDEX readings_all ON readings(sorted, story, is_read, is_starred, progress)
      WHERE deleted IS NULL;
    CREATE INDEX readings_unread ON readings(sorted, story, is_starred, progress)
      WHERE deleted IS NULL AND is_read = 0;
    CREATE INDEX readings_starred ON readings(sorted, story, is_read, progress)
      WHERE deleted IS NULL AND is_starred = 1;
    CREATE INDEX readings_started ON readings(coalesce(opened, 0), story)
      WHERE deleted IS NULL AND progress > 0 AND progress < 0.995;
    CREATE INDEX readings_deleted ON readings(deleted, story) WHERE deleted IS NOT NULL;
    CREATE INDEX stories_words ON stories(words);
    CREATE INDEX stories_comments ON stories(comments);
    CREATE INDEX stories_source ON stories(source COLLATE NOCASE, sorted DESC, id DESC);
    CREATE INDEX stories_host ON stories(host);
    DROP INDEX tags_tag;
    CREATE INDEX tags_tag ON tags(tag COLLATE NOCASE, story);

    CREATE VIRTUAL TABLE author_search USING fts5(
      authors, content = 'stories', content_rowid = 'id',
      prefix = '2', tokenize = "unicode61 remove_diacritics 2");
    INSERT INTO author_search(author_search) VALUES('rebuild');
    """ + counting + keeping

  /// Sources, sites and tags with how many stories they have: a sidebar that counted would cost a
  /// second in a large library.
  private static let counting = """

    ALTER TABLE counts ADD COLUMN started INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE counts ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
    UPDATE counts SET started =
      (SELECT count(*) FROM readings WHERE progress > 0 AND progress < 0.995);
    DROP TRIGGER readings_added;
    DROP TRIGGER readings_deleted;
    DROP TRIGGER readings_changed;

    CREATE TABLE sources(
      name TEXT PRIMARY KEY COLLATE NOCASE, total INTEGER NOT NULL, unread INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO sources SELECT source, count(*), sum(is_read = 0)
      FROM stories JOIN readings ON readings.story = stories.id
      GROUP BY source COLLATE NOCASE;
    CREATE TABLE sites(
      name TEXT PRIMARY KEY COLLATE NOCASE, total INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO sites SELECT host, count(*) FROM stories GROUP BY host COLLATE NOCASE;
    CREATE TABLE tag_counts(
      name TEXT PRIMARY KEY COLLATE NOCASE, total INTEGER NOT NULL, unread INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO tag_counts SELECT tag, count(*), sum(is_read = 0)
      FROM tags JOIN readings USING (story) GROUP BY tag COLLATE NOCASE;

    CREATE TRIGGER readings_added AFTER INSERT ON readings BEGIN
      UPDATE counts SET total = total + (NEW.deleted IS NULL),
        unread = unread + (NEW.deleted IS NULL AND NEW.is_read = 0),
        starred = starred + (NEW.deleted IS NULL AND NEW.is_starred = 1),
        started = started + (NEW.deleted IS NULL AND NEW.progress > 0 AND NEW.progress < 0.995),
        deleted = deleted + (NEW.deleted IS NOT NULL);
      INSERT INTO sources
        SELECT source, NEW.deleted IS NULL, NEW.deleted IS NULL AND NEW.is_read = 0
        FROM stories WHERE id = NEW.story
        ON CONFLICT(name) DO UPDATE SET total = total + excluded.total,
          unread = unread + excluded.unread;
    END;
    CREATE TRIGGER readings_deleted AFTER DELETE ON readings BEGIN
      UPDATE counts SET total = total - (OLD.deleted IS NULL),
        unread = unread - (OLD.deleted IS NULL AND OLD.is_read = 0),
        starred = starred - (OLD.deleted IS NULL AND OLD.is_starred = 1),
        started = started - (OLD.deleted IS NULL AND OLD.progress > 0 AND OLD.progress < 0.995),
        deleted = deleted - (OLD.deleted IS NOT NULL);
      UPDATE sources SET total = total - (OLD.deleted IS NULL),
        unread = unread - (OLD.deleted IS NULL AND OLD.is_read = 0)
        WHERE name = (SELECT source FROM stories WHERE id = OLD.story);
    END;
    CREATE TRIGGER readings_changed
      AFTER UPDATE OF is_read, is_starred, progress, deleted ON readings BEGIN
      UPDATE counts SET
        total = total + (NEW.deleted IS NULL) - (OLD.deleted IS NULL),
        unread = unread + (NEW.deleted IS NULL AND NEW.is_read = 0)
          - (OLD.deleted IS NULL AND OLD.is_read = 0),
        starred = starred + (NEW.deleted IS NULL AND NEW.is_starred = 1)
          - (OLD.deleted IS NULL AND OLD.is_starred = 1),
        started = started + (NEW.deleted IS NULL AND NEW.progress > 0 AND NEW.progress < 0.995)
          - (OLD.deleted IS NULL AND OLD.progress > 0 AND OLD.progress < 0.995),
        deleted = deleted + (NEW.deleted IS NOT NULL) - (OLD.deleted IS NOT NULL);
    END;
    CREATE TRIGGER names_changed AFTER UPDATE OF is_read, deleted ON readings
      WHEN OLD.is_read <> NEW.is_read OR (OLD.deleted IS NULL) <> (NEW.deleted IS NULL) BEGIN
      UPDATE sources SET total = total + (NEW.deleted IS NULL) - (OLD.deleted IS NULL),
        unread = unread + (NEW.deleted IS NULL AND NEW.is_read = 0)
          - (OLD.deleted IS NULL AND OLD.is_read = 0)
        WHERE name = (SELECT source FROM stories WHERE id = NEW.story);
      UPDATE tag_counts SET total = total + (NEW.deleted IS NULL) - (OLD.deleted IS NULL),
        unread = unread + (NEW.deleted IS NULL AND NEW.is_read = 0)
          - (OLD.deleted IS NULL AND OLD.is_read = 0)
        WHERE name IN (SELECT tag FROM tags WHERE story = NEW.story);
    END;

    CREATE TRIGGER tags_added AFTER INSERT ON tags BEGIN
      INSERT INTO tag_counts
        SELECT NEW.tag, deleted IS NULL, deleted IS NULL AND is_read = 0
        FROM readings WHERE story = NEW.story
        ON CONFLICT(name) DO UPDATE SET total = total + excluded.total,
          unread = unread + excluded.unread;
    END;
    CREATE TRIGGER tags_deleted AFTER DELETE ON tags BEGIN
      UPDATE tag_counts SET
        total = total - (SELECT deleted IS NULL FROM readings WHERE story = OLD.story),
        unread = unread
          - (SELECT deleted IS NULL AND is_read = 0 FROM readings WHERE story = OLD.story)
        WHERE name = OLD.tag;
    END;

    CREATE TRIGGER sites_added AFTER INSERT ON stories BEGIN
      INSERT INTO sites VALUES(NEW.host, 1)
        ON CONFLICT(name) DO UPDATE SET total = total + 1;
    END;
    CREATE TRIGGER names_moved AFTER UPDATE OF source, host ON stories
      WHEN OLD.source <> NEW.source OR OLD.host <> NEW.host BEGIN
      UPDATE sites SET total = total - 1 WHERE name = OLD.host;
      INSERT INTO sites VALUES(NEW.host, 1) ON CONFLICT(name) DO UPDATE SET total = total + 1;
      UPDATE sources SET
        total = total - (SELECT deleted IS NULL FROM readings WHERE story = OLD.id),
        unread = unread
          - (SELECT deleted IS NULL AND is_read = 0 FROM readings WHERE story = OLD.id)
        WHERE name = OLD.source;
      INSERT INTO sources
        SELECT NEW.source, deleted IS NULL, deleted IS NULL AND is_read = 0
        FROM readings WHERE story = NEW.id
        ON CONFLICT(name) DO UPDATE SET total = total + excluded.total,
          unread = unread + excluded.unread;
    END;
    -- Before the story, while what is counted can still be looked up.
    CREATE TRIGGER stories_leaving BEFORE DELETE ON stories BEGIN
      DELETE FROM tags WHERE story = OLD.id;
      DELETE FROM readings WHERE story = OLD.id;
      UPDATE sites SET total = total - 1 WHERE name = OLD.host;
    END;
    """

  /// Saved searches, and the log of what the reader did.
  private static let keeping = """

    CREATE TABLE searches(
      name TEXT PRIMARY KEY COLLATE NOCASE, position INTEGER NOT NULL, filter TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- A change is a few steps; each sets or clears one mark on many stories, whose numbers are
    -- packed. Those that were undone stand after the others until something new is done.
    CREATE TABLE changes(
      id INTEGER PRIMARY KEY AUTOINCREMENT, made INTEGER NOT NULL,
      is_undone INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE change_steps(
      change INTEGER NOT NULL REFERENCES changes(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      mark TEXT NOT NULL, tag TEXT, is_set INTEGER NOT NULL, stories BLOB NOT NULL,
      PRIMARY KEY(change, position)
    ) STRICT, WITHOUT ROWID;
    """
}
