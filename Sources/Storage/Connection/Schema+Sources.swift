extension Schema {
  /// Version 10: sources are rows that stories point at; counts can be kept in one step for many
  /// stories.
  ///
  /// `counts.is_bulk` is 1 only within a transaction that changes many stories: a trigger for each
  /// of 100,000 rows takes four times as long as to count once.
  static let sources = """
    DROP TRIGGER readings_added;
    DROP TRIGGER readings_deleted;
    DROP TRIGGER readings_changed;
    DROP TRIGGER names_changed;
    DROP TRIGGER names_moved;
    ALTER TABLE counts ADD COLUMN is_bulk INTEGER NOT NULL DEFAULT 0;

    ALTER TABLE sources RENAME TO source_counts;
    CREATE TABLE sources(
      id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      total INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO sources(name, total, unread)
      SELECT name, total, unread FROM source_counts ORDER BY name;
    DROP TABLE source_counts;
    INSERT OR IGNORE INTO sources(name) SELECT DISTINCT source FROM stories;
    DROP INDEX stories_source;
    ALTER TABLE stories RENAME COLUMN source TO source_name;
    ALTER TABLE stories ADD COLUMN source INTEGER REFERENCES sources(id);
    UPDATE stories SET source = (SELECT id FROM sources WHERE name = source_name);
    ALTER TABLE stories DROP COLUMN source_name;
    CREATE INDEX stories_source ON stories(source, sorted DESC, id DESC);
    """ + sourceCounting

  private static let sourceCounting = """

    CREATE TRIGGER readings_added AFTER INSERT ON readings BEGIN
      UPDATE counts SET total = total + (NEW.deleted IS NULL),
        unread = unread + (NEW.deleted IS NULL AND NEW.is_read = 0),
        starred = starred + (NEW.deleted IS NULL AND NEW.is_starred = 1),
        started = started + (NEW.deleted IS NULL AND NEW.progress > 0 AND NEW.progress < 0.995),
        deleted = deleted + (NEW.deleted IS NOT NULL);
      UPDATE sources SET total = total + (NEW.deleted IS NULL),
        unread = unread + (NEW.deleted IS NULL AND NEW.is_read = 0)
        WHERE id = (SELECT source FROM stories WHERE stories.id = NEW.story);
    END;
    CREATE TRIGGER readings_deleted AFTER DELETE ON readings BEGIN
      UPDATE counts SET total = total - (OLD.deleted IS NULL),
        unread = unread - (OLD.deleted IS NULL AND OLD.is_read = 0),
        starred = starred - (OLD.deleted IS NULL AND OLD.is_starred = 1),
        started = started - (OLD.deleted IS NULL AND OLD.progress > 0 AND OLD.progress < 0.995),
        deleted = deleted - (OLD.deleted IS NOT NULL);
      UPDATE sources SET total = total - (OLD.deleted IS NULL),
        unread = unread - (OLD.deleted IS NULL AND OLD.is_read = 0)
        WHERE id = (SELECT source FROM stories WHERE stories.id = OLD.story);
    END;
    CREATE TRIGGER readings_changed
      AFTER UPDATE OF is_read, is_starred, progress, deleted ON readings
      WHEN (SELECT is_bulk FROM counts) = 0 BEGIN
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
      WHEN (OLD.is_read <> NEW.is_read OR (OLD.deleted IS NULL) <> (NEW.deleted IS NULL))
        AND (SELECT is_bulk FROM counts) = 0 BEGIN
      UPDATE sources SET total = total + (NEW.deleted IS NULL) - (OLD.deleted IS NULL),
        unread = unread + (NEW.deleted IS NULL AND NEW.is_read = 0)
          - (OLD.deleted IS NULL AND OLD.is_read = 0)
        WHERE id = (SELECT source FROM stories WHERE stories.id = NEW.story);
      UPDATE tag_counts SET total = total + (NEW.deleted IS NULL) - (OLD.deleted IS NULL),
        unread = unread + (NEW.deleted IS NULL AND NEW.is_read = 0)
          - (OLD.deleted IS NULL AND OLD.is_read = 0)
        WHERE name IN (SELECT tag FROM tags WHERE story = NEW.story);
    END;
    CREATE TRIGGER names_moved AFTER UPDATE OF source, host ON stories
      WHEN OLD.source IS NOT NEW.source OR OLD.host <> NEW.host BEGIN
      UPDATE sites SET total = total - 1 WHERE name = OLD.host;
      INSERT INTO sites VALUES(NEW.host, 1) ON CONFLICT(name) DO UPDATE SET total = total + 1;
      UPDATE sources SET
        total = total - (SELECT deleted IS NULL FROM readings WHERE story = OLD.id),
        unread = unread
          - (SELECT deleted IS NULL AND is_read = 0 FROM readings WHERE story = OLD.id)
        WHERE id = OLD.source;
      UPDATE sources SET
        total = total + (SELECT deleted IS NULL FROM readings WHERE story = NEW.id),
        unread = unread
          + (SELECT deleted IS NULL AND is_read = 0 FROM readings WHERE story = NEW.id)
        WHERE id = NEW.source;
    END;
    """

  /// Version 11: comments belong to a discussion: that of the page, of a service, or the reader's own.
  ///
  /// Figures in comments of a service have its number, those of the page none.
  static let discussions = """
    CREATE TABLE discussions(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      story INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
      kind TEXT NOT NULL, address TEXT, name TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX discussions_story ON discussions(story);
    INSERT INTO discussions(story, kind, address)
      SELECT story, 'page', (SELECT address FROM originals WHERE originals.story = found.story)
      FROM (SELECT DISTINCT story FROM comments) AS found;
    INSERT INTO discussions(story, kind) SELECT DISTINCT story, 'local' FROM own_comments;
    ALTER TABLE own_comments ADD COLUMN discussion INTEGER REFERENCES discussions(id);
    UPDATE own_comments SET discussion = (
      SELECT id FROM discussions WHERE discussions.story = own_comments.story AND kind = 'local');
    ALTER TABLE figures ADD COLUMN discussion INTEGER
      REFERENCES discussions(id) ON DELETE CASCADE;

    DROP VIEW story_texts;
    ALTER TABLE comments RENAME TO page_comments;
    CREATE TABLE comments(
      discussion INTEGER NOT NULL REFERENCES discussions(id) ON DELETE CASCADE,
      position INTEGER NOT NULL, parent INTEGER,
      name TEXT NOT NULL, author TEXT NOT NULL, time INTEGER, time_form INTEGER,
      marks INTEGER NOT NULL, structure BLOB NOT NULL, text TEXT NOT NULL,
      PRIMARY KEY(discussion, position)
    ) STRICT, WITHOUT ROWID;
    """

  /// Copies comments into their discussions, some stories at a time, and tells how far it is.
  static let moveComments: Migration.Work = { connection, progress throws(StorageError) in
    let last = try connection.number("SELECT coalesce(max(story), 0) FROM page_comments")
    let total = Int(try connection.number("SELECT count(*) FROM discussions WHERE kind = 'page'"))
    var done = 0
    for start in stride(from: 1, through: last, by: 1000) {
      let range: [Value] = [.int(start), .int(start + 999)]
      try connection.run(
        """
        INSERT INTO comments SELECT discussions.id, position, parent, page_comments.name, author,
          time, time_form, marks, structure, text
        FROM page_comments CROSS JOIN discussions
          ON discussions.story = page_comments.story AND kind = 'page'
        WHERE page_comments.story BETWEEN ?1 AND ?2
        """, range)
      done += Int(
        try connection.number(
          "SELECT count(*) FROM discussions WHERE kind = 'page' AND story BETWEEN ?1 AND ?2", range)
      )
      progress(done, total)
    }
    try connection.script("DROP TABLE page_comments;" + discussionTexts)
  }

  /// For each story the same text as before, which the index was made of.
  private static let discussionTexts = """
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
      FROM stories JOIN bodies ON bodies.story = stories.id;
    """
}
