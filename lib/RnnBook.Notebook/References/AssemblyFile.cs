using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace RnnBook.Notebook;

/// <summary>What an assembly's file says about itself.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Name">Its simple name.</param>
/// <param name="Version">Its version.</param>
/// <param name="References">The simple names of the assemblies that it uses.</param>
/// <param name="IsPackaged">Whether it lies in the package cache, where files never change.</param>
internal sealed record AssemblyFile(string Path, string Name, Version Version, IReadOnlyList<string> References, bool IsPackaged)
{
    /// <exception cref="ReferenceException">There is no such file, or it is no .NET assembly.</exception>
    public static AssemblyFile Read(string path, bool isPackaged)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(path));
            if (!image.HasMetadata)
            {
                throw new ReferenceException($"'{path}' is no .NET assembly.");
            }

            var reader = image.GetMetadataReader();
            var definition = reader.GetAssemblyDefinition();
            var references = reader.AssemblyReferences
                .Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name)).ToArray();
            return new AssemblyFile(path, reader.GetString(definition.Name), definition.Version, references, isPackaged);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ReferenceException($"The reference '{path}' does not exist.");
        }
        catch (Exception exception) when (exception is BadImageFormatException or InvalidOperationException)
        {
            throw new ReferenceException($"'{path}' is no .NET assembly.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ReferenceException($"'{path}' cannot be read: {exception.Message}");
        }
    }
}
