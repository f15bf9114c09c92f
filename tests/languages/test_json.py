"""Long Vietnamese texts are kept in JSON columns as they are written."""

import json

from portal.languages.fields import UnescapedJSON


def test_vietnamese_takes_no_more_room_than_its_letters():
    assert json.dumps({"title": "Tập huấn"}, cls=UnescapedJSON) == '{"title": "Tập huấn"}'
