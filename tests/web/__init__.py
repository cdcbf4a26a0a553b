"""The API as a client sees it, route by route: every answer is also held against the OpenAPI document."""
