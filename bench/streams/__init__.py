"""What one event costs that very many streams of apps are told of."""
